package io.copperline.webrtc.sctp;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Resets streams so that their channels' ids can be used again (RFC 6525). We ask for our own outgoing streams, one request
 * at a time, and grant the peer's; any other request is denied.
 *
 * <pre>
 * outgoing reset: 13  length | request | the peer's last request | our last TSN | streams ...
 * response:       16  length | the request's number | result
 * </pre>
 */
final class StreamReset {
    private static final int OUTGOING_RESET = 13;
    private static final int RESPONSE = 16;
    private static final int LAST_REQUEST_TYPE = 18;

    private static final int NOTHING_TO_DO = 0;
    private static final int PERFORMED = 1;
    private static final int DENIED = 2;
    private static final int IN_PROGRESS_ELSEWHERE = 4;
    private static final int BAD_NUMBER = 5;
    private static final int IN_PROGRESS = 6;

    private static final int MAX_STREAMS_A_REQUEST = 128;

    private final DataSender sender;
    private final DataReceiver receiver;
    private final RetransmissionTimeout timeout;
    private final boolean supported;
    private final int streams;

    private final BitSet wanted = new BitSet();
    private int[] asked = new int[0];
    private int askedAfterTsn;
    private int number;
    private boolean inProgress;
    private final Deadline retry = new Deadline();

    private int peersNumber;
    private int lastResult = NOTHING_TO_DO;

    StreamReset(
            Handshake handshake, DataSender sender, DataReceiver receiver, RetransmissionTimeout timeout, int streams) {
        this.sender = sender;
        this.receiver = receiver;
        this.timeout = timeout;
        this.streams = streams;
        supported = handshake.peer().reconfig();
        number = handshake.localTsn() - 1; // Section 4.1: the first request has the number of the initial TSN.
        peersNumber = handshake.peer().initialTsn();
    }

    Deadline retry() {
        return retry;
    }

    /** Resets our side of a stream, once what waits on it is sent. */
    void want(int stream) {
        if (stream >= 0 && stream < streams) {
            sender.queue().close(stream);
            wanted.set(stream);
        }
    }

    /** Sends a request that is due; true where that was because nobody had answered it. */
    boolean transmit(Outbox out, long nowNanos, AssociationSink sink) {
        if (asked.length > 0 && retry.due(nowNanos)) {
            boolean unanswered = !inProgress;
            if (unanswered) {
                timeout.backOff();
            }
            request(out, nowNanos);
            return unanswered;
        }
        if (asked.length == 0 && !wanted.isEmpty()) {
            ask(out, nowNanos, sink);
        }
        return false;
    }

    private void ask(Outbox out, long nowNanos, AssociationSink sink) {
        int[] ready = wanted.stream()
                .filter(sender.queue()::drained)
                .limit(MAX_STREAMS_A_REQUEST)
                .toArray();
        if (ready.length == 0) {
            return;
        }
        for (int stream : ready) {
            wanted.clear(stream);
        }
        if (!supported) {
            for (int stream : ready) {
                sink.streamResetDone(stream, false);
            }
            return;
        }
        asked = ready;
        askedAfterTsn = sender.lastTsn();
        number++;
        request(out, nowNanos);
    }

    private void request(Outbox out, long nowNanos) {
        int bytes = 16 + 2 * asked.length;
        int at = out.open(ChunkType.RE_CONFIG, 0, bytes);
        byte[] buf = out.buf();
        Wire.put16(buf, at, OUTGOING_RESET);
        Wire.put16(buf, at + 2, bytes);
        Wire.put32(buf, at + 4, number);
        Wire.put32(buf, at + 8, peersNumber - 1);
        Wire.put32(buf, at + 12, askedAfterTsn);
        for (int i = 0; i < asked.length; i++) {
            Wire.put16(buf, at + 16 + 2 * i, asked[i]);
        }
        inProgress = false;
        retry.arm(nowNanos + timeout.nanos());
    }

    /** Section 5.2: a chunk has one parameter or two. */
    SctpDrop onChunk(byte[] buf, int off, int len, long nowNanos, Outbox out, AssociationSink sink) {
        ParameterReader parameters = new ParameterReader(buf, off, len);
        SctpDrop drop = SctpDrop.TAKEN;
        for (int i = 0; i < 2 && drop == SctpDrop.TAKEN && parameters.next(); i++) {
            int type = parameters.type();
            if (type == RESPONSE) {
                drop = onResponse(buf, parameters.valueOff(), parameters.valueBytes(), nowNanos, sink);
            } else if (type >= OUTGOING_RESET && type <= LAST_REQUEST_TYPE) {
                drop = onRequest(type, buf, parameters.valueOff(), parameters.valueBytes(), out, sink);
            } else {
                drop = SctpDrop.MALFORMED;
            }
        }
        return parameters.malformed() ? SctpDrop.MALFORMED : drop;
    }

    private SctpDrop onRequest(int type, byte[] buf, int off, int len, Outbox out, AssociationSink sink) {
        if (len < 4 || (type == OUTGOING_RESET && len < 12)) {
            return SctpDrop.MALFORMED;
        }
        int request = Wire.i32(buf, off);
        if (request == peersNumber) {
            peersNumber++;
            lastResult = type == OUTGOING_RESET ? perform(buf, off, len, sink) : DENIED;
        } else if (request != peersNumber - 1) {
            respond(request, BAD_NUMBER, out);
            return SctpDrop.STALE;
        } else if (lastResult == IN_PROGRESS && !receiver.resetWaits()) {
            lastResult = PERFORMED; // Asked again, and meanwhile everything has come.
        }
        respond(request, lastResult, out);
        return SctpDrop.TAKEN;
    }

    private int perform(byte[] buf, int off, int len, AssociationSink sink) {
        if (receiver.resetWaits()) {
            return IN_PROGRESS_ELSEWHERE;
        }
        int count = (len - 12) / 2;
        int[] named = new int[count];
        for (int i = 0; i < count; i++) {
            named[i] = Wire.u16(buf, off + 12 + 2 * i);
            if (named[i] >= receiver.streams()) {
                return DENIED;
            }
        }
        if (count == 0) { // Section 4.1: none named means all.
            named = new int[receiver.streams()];
            Arrays.setAll(named, i -> i);
        }
        return receiver.resetAfter(Wire.i32(buf, off + 8), named, sink) ? PERFORMED : IN_PROGRESS;
    }

    private static void respond(int request, int result, Outbox out) {
        int at = out.open(ChunkType.RE_CONFIG, 0, 12);
        Wire.put16(out.buf(), at, RESPONSE);
        Wire.put16(out.buf(), at + 2, 12);
        Wire.put32(out.buf(), at + 4, request);
        Wire.put32(out.buf(), at + 8, result);
    }

    private SctpDrop onResponse(byte[] buf, int off, int len, long nowNanos, AssociationSink sink) {
        if (len < 8) {
            return SctpDrop.MALFORMED;
        }
        if (asked.length == 0 || Wire.i32(buf, off) != number) {
            return SctpDrop.STALE;
        }
        int result = Wire.i32(buf, off + 4);
        if (result == IN_PROGRESS || result == IN_PROGRESS_ELSEWHERE) {
            retry.arm(nowNanos + timeout.nanos()); // Section 5.2.7: ask again with the same number.
            inProgress = true;
            return SctpDrop.TAKEN;
        }
        int[] done = asked;
        asked = new int[0];
        retry.disarm();
        boolean performed = result == NOTHING_TO_DO || result == PERFORMED;
        for (int stream : done) {
            if (performed) {
                sender.queue().reopen(stream);
            }
            sink.streamResetDone(stream, performed);
        }
        return SctpDrop.TAKEN;
    }
}
