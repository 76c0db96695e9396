package io.copperline.webrtc.sctp;

import java.util.random.RandomGenerator;

/**
 * What there is while the association stands (the RFC's transmission control block): both halves of the data transfer,
 * stream resets, heartbeats, the way down, and the count of what went unanswered. Owned by its {@link Association}, which
 * has the state.
 */
final class Tcb {
    private final SctpSettings settings;
    private final RetransmissionTimeout timeout;
    private final DataSender sender;
    private final DataReceiver receiver;
    private final StreamReset resets;
    private final Heartbeat heartbeat;
    private final Shutdown shutdown;
    private final int streams;
    private int unanswered;

    Tcb(SctpSettings settings, Handshake handshake, RandomGenerator random, long nowNanos) {
        this.settings = settings;
        InitChunk peer = handshake.peer();
        timeout = new RetransmissionTimeout(settings);
        sender = new DataSender(settings, handshake.localTsn(), peer, timeout, nowNanos);
        receiver = new DataReceiver(settings, peer);
        streams = Math.min(settings.streams(), Math.min(peer.incomingStreams(), peer.outgoingStreams()));
        resets = new StreamReset(handshake, sender, receiver, timeout, settings.streams());
        heartbeat = new Heartbeat(settings, random, timeout, nowNanos);
        shutdown = new Shutdown(settings, timeout);
    }

    int streams() {
        return streams;
    }

    DataSender sender() {
        return sender;
    }

    DataReceiver receiver() {
        return receiver;
    }

    StreamReset resets() {
        return resets;
    }

    /** More went unanswered in a row than a living peer leaves (RFC 9260 section 8.1). */
    boolean unreachable() {
        return unanswered > settings.maxRetransmissions();
    }

    /** The peer does not let the association end (T5). */
    boolean overdue(long nowNanos) {
        return shutdown.overdue(nowNanos);
    }

    void onTime(AssociationState state, Outbox out, long nowNanos) {
        unanswered += sender.onTime(nowNanos) ? 1 : 0;
        if (sender.t3().armed() && heartbeat.next().due(nowNanos)) {
            heartbeat.postpone(nowNanos); // Data asks the same question.
        }
        unanswered += heartbeat.onTime(out, nowNanos) ? 1 : 0;
        unanswered += shutdown.onTime(state, receiver.cumulativeTsn(), out, nowNanos) ? 1 : 0;
    }

    /** Sends what there is to send; returns the state from now on. */
    AssociationState transmit(AssociationState state, Outbox out, long nowNanos, AssociationSink sink) {
        receiver.transmit(out, nowNanos);
        sender.transmit(out, state.sends(), nowNanos, sink);
        unanswered += resets.transmit(out, nowNanos, sink) ? 1 : 0;
        return shutdown.advance(state, sender.drained(), receiver.cumulativeTsn(), out, nowNanos);
    }

    long earliest(long otherNanos) {
        long next = sender.t3().earliest(otherNanos);
        next = receiver.delayedSack().earliest(next);
        next = resets.retry().earliest(next);
        next = heartbeat.next().earliest(next);
        next = shutdown.t2().earliest(next);
        return shutdown.t5().earliest(next);
    }

    SctpDrop onData(PacketReader reader, AssociationState state, Outbox out, long nowNanos, AssociationSink sink) {
        SctpDrop drop = receiver.onData(reader.buf(), reader.bodyOff(), reader.bodyBytes(), reader.flags(), sink);
        if (drop == SctpDrop.INVALID_STREAM) {
            int at = ErrorCause.error(out, ChunkType.CAUSE_INVALID_STREAM);
            Wire.put16(out.buf(), at, Wire.u16(reader.buf(), reader.bodyOff() + 4));
        }
        if (state == AssociationState.SHUTDOWN_SENT) {
            receiver.hurry(); // Section 9.2
            shutdown.shutdown(receiver.cumulativeTsn(), out, nowNanos);
        }
        return drop;
    }

    SctpDrop onSack(byte[] buf, int off, int len, long nowNanos) {
        return answered(sender.onSack(buf, off, len, nowNanos), nowNanos);
    }

    private SctpDrop answered(SctpDrop drop, long nowNanos) {
        if (sender.answered()) {
            unanswered = 0;
            heartbeat.postpone(nowNanos);
        }
        return drop;
    }

    /** Section 8.3: what it carries goes back as it is. */
    SctpDrop onHeartbeat(byte[] buf, int off, int len, Outbox out) {
        if (len > out.wholeRoom()) {
            return SctpDrop.MALFORMED; // A probe for a larger path than we use.
        }
        System.arraycopy(buf, off, out.buf(), out.open(ChunkType.HEARTBEAT_ACK, 0, len), len);
        return SctpDrop.TAKEN;
    }

    SctpDrop onHeartbeatAck(byte[] buf, int off, int len, long nowNanos) {
        return alive(heartbeat.onAck(buf, off, len, nowNanos));
    }

    SctpDrop onReconfig(byte[] buf, int off, int len, Outbox out, long nowNanos, AssociationSink sink) {
        return alive(resets.onChunk(buf, off, len, nowNanos, out, sink));
    }

    private SctpDrop alive(SctpDrop drop) {
        if (drop == SctpDrop.TAKEN) {
            unanswered = 0;
        }
        return drop;
    }

    /** Section 9.2: the peer will send nothing more; returns the state from now on. */
    AssociationState onShutdown(AssociationState state, Outbox out, long nowNanos) {
        if (state == AssociationState.SHUTDOWN_SENT || state == AssociationState.SHUTDOWN_ACK_SENT) {
            shutdown.acknowledge(out, nowNanos);
            return AssociationState.SHUTDOWN_ACK_SENT;
        }
        return AssociationState.SHUTDOWN_RECEIVED;
    }

    /** What a SHUTDOWN acknowledges. */
    SctpDrop onCumulative(int cumulativeTsn, long nowNanos) {
        return answered(sender.onCumulative(cumulativeTsn, nowNanos), nowNanos);
    }

    void repeatShutdownAck(Outbox out, long nowNanos) {
        shutdown.acknowledge(out, nowNanos);
    }
}
