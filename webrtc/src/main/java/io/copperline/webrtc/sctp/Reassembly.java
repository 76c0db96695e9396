package io.copperline.webrtc.sctp;

import java.util.Arrays;

/**
 * Makes messages of chunks (RFC 9260 sections 6.5, 6.6 and 6.9).
 *
 * <p>Fragments of one message have TSNs in a row, and messages of one stream are sent in order. So whoever takes chunks in
 * the order of their TSNs has every message in order, with one message under way at most: {@link #next} does that up to the
 * cumulative TSN. Beyond a gap, chunks wait in a ring by TSN; {@link #overtake} delivers from there what needs not wait: whole
 * messages that are unordered, or next in their own stream.
 */
final class Reassembly {
    /** A buffer larger than this is not kept when its message is done. */
    private static final int KEPT_BYTES = 16_384;

    private final int maxMessageBytes;
    private final short[] expected;
    private DataChunk[] ring = new DataChunk[64];
    private int waiting;
    private int waitingBytes;

    private byte[] message = new byte[0];
    private int messageBytes;
    private boolean underWay;
    private final DataChunk head = new DataChunk();

    Reassembly(int maxMessageBytes, int streams) {
        this.maxMessageBytes = maxMessageBytes;
        expected = new short[streams];
    }

    int heldBytes() {
        return waitingBytes + messageBytes;
    }

    boolean anyWaiting() {
        return waiting > 0;
    }

    /** Keeps a copy of a chunk beyond a gap. */
    void keep(DataChunk chunk, int cumulativeTsn) {
        while (chunk.tsn - cumulativeTsn > ring.length) {
            grow();
        }
        ring[chunk.tsn & ring.length - 1] = chunk.copy();
        waiting++;
        waitingBytes += chunk.bytes;
    }

    private void grow() {
        DataChunk[] larger = new DataChunk[ring.length * 2];
        for (DataChunk chunk : ring) {
            if (chunk != null) {
                larger[chunk.tsn & larger.length - 1] = chunk;
            }
        }
        ring = larger;
    }

    private DataChunk take(int tsn) {
        int slot = tsn & ring.length - 1;
        DataChunk chunk = ring[slot];
        if (chunk != null && chunk.tsn == tsn) {
            ring[slot] = null;
            waiting--;
            waitingBytes -= chunk.bytes;
            return chunk;
        }
        return null;
    }

    private DataChunk at(int tsn) {
        DataChunk chunk = ring[tsn & ring.length - 1];
        return chunk != null && chunk.tsn == tsn ? chunk : null;
    }

    /** The gap before this TSN closed: takes the chunk that waits there, if it was not delivered already. */
    SctpDrop nextWaiting(int tsn, AssociationSink sink) {
        DataChunk chunk = take(tsn);
        if (chunk != null) {
            return next(chunk, sink);
        }
        return underWay ? SctpDrop.PROTOCOL_VIOLATION : SctpDrop.TAKEN; // Another message inside the one under way.
    }

    /** Takes the chunk that comes next by TSN. */
    SctpDrop next(DataChunk chunk, AssociationSink sink) {
        if (underWay ? !chunk.continues(head) : !chunk.begins()) {
            return SctpDrop.PROTOCOL_VIOLATION;
        }
        if (messageBytes + chunk.bytes > maxMessageBytes) {
            return SctpDrop.MESSAGE_TOO_LARGE;
        }
        if (chunk.begins() && chunk.ends()) {
            deliver(chunk, chunk.buf, chunk.off, chunk.bytes, sink);
            return SctpDrop.TAKEN;
        }
        append(chunk);
        if (chunk.ends()) {
            byte[] whole = message;
            int bytes = messageBytes;
            drop();
            deliver(chunk, whole, 0, bytes, sink);
        }
        return SctpDrop.TAKEN;
    }

    private void append(DataChunk chunk) {
        if (!underWay) {
            underWay = true;
            head.stream = chunk.stream;
            head.ssn = chunk.ssn;
            head.flags = chunk.flags;
        }
        if (messageBytes + chunk.bytes > message.length) {
            int larger = Math.max(messageBytes + chunk.bytes, Math.min(2 * message.length, maxMessageBytes));
            message = Arrays.copyOf(message, larger);
        }
        System.arraycopy(chunk.buf, chunk.off, message, messageBytes, chunk.bytes);
        messageBytes += chunk.bytes;
    }

    /** Forgets the message under way. */
    private void drop() {
        underWay = false;
        messageBytes = 0;
        if (message.length > KEPT_BYTES) {
            message = new byte[0];
        }
    }

    private void deliver(DataChunk last, byte[] buf, int off, int len, AssociationSink sink) {
        if (last.ordered()) {
            expected[last.stream] = (short) (last.ssn + 1);
        }
        sink.message(last.stream, last.ppid, buf, off, len);
    }

    /** The peer gave up whatever is missing up to this TSN, and what has come of it (RFC 3758 section 3.6). */
    void skip(int tsn, AssociationSink sink) {
        DataChunk chunk = take(tsn);
        if (chunk == null || (underWay && !chunk.continues(head))) {
            drop();
        }
        if (chunk != null && (underWay || chunk.begins()) && next(chunk, sink) != SctpDrop.TAKEN) {
            drop();
        }
    }

    /** The end of what the peer gave up: a message cannot reach across it. */
    void skipped() {
        drop();
    }

    /** After what was given up, this number comes next in its stream. */
    void expect(int stream, short ssn) {
        if (stream < expected.length && !Wire.before(ssn, expected[stream])) {
            expected[stream] = ssn;
        }
    }

    /** The peer begins this stream anew. */
    void reset(int stream) {
        expected[stream] = 0;
    }

    int streams() {
        return expected.length;
    }

    /** Delivers, of what waits between the two TSNs, the messages that are whole and whose turn it is. */
    SctpDrop overtake(int fromTsn, int toTsn, AssociationSink sink) {
        int tsn = fromTsn;
        while (waiting > 0 && !Wire.before(toTsn, tsn)) {
            DataChunk first = at(tsn);
            if (first == null || !first.begins() || (first.ordered() && first.ssn != expected[first.stream])) {
                tsn++;
                continue;
            }
            int end = tsn;
            int bytes = first.bytes;
            DataChunk last = first;
            while (!last.ends() && end != toTsn) {
                DataChunk following = at(end + 1);
                if (following == null || !following.continues(first)) {
                    break;
                }
                last = following;
                end++;
                bytes += last.bytes;
            }
            if (last.ends()) {
                if (bytes > maxMessageBytes) {
                    return SctpDrop.MESSAGE_TOO_LARGE;
                }
                deliverWaiting(tsn, end, bytes, sink);
            }
            tsn = end + 1;
        }
        return SctpDrop.TAKEN;
    }

    private void deliverWaiting(int fromTsn, int toTsn, int bytes, AssociationSink sink) {
        byte[] whole = new byte[bytes];
        int filled = 0;
        DataChunk chunk = null;
        for (int tsn = fromTsn; tsn - toTsn <= 0; tsn++) {
            chunk = take(tsn);
            System.arraycopy(chunk.buf, 0, whole, filled, chunk.bytes);
            filled += chunk.bytes;
        }
        deliver(chunk, whole, 0, bytes, sink);
    }
}
