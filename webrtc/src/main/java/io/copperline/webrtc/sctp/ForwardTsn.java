package io.copperline.webrtc.sctp;

/**
 * What the peer is to be told to skip (RFC 3758 section 3.5): the "Advanced Peer Ack Point", and the last message of each
 * ordered stream up to there.
 *
 * <pre>
 * |                     new cumulative TSN                        |
 * |         stream 1              |     its sequence number       |
 * |                            ...                                |
 * </pre>
 */
final class ForwardTsn {
    private static final int MAX_STREAMS = 64;

    private final int[] streams = new int[MAX_STREAMS];
    private final short[] numbers = new short[MAX_STREAMS];
    private int count;
    private int point;

    /** Moves the point past whole given-up messages; true where the peer is behind it (section 3.5 C1 to C3). */
    boolean advance(Outstanding outstanding) {
        point = outstanding.cumulativeTsn();
        count = 0;
        for (int i = 0; i < outstanding.chunks(); i++) {
            SentChunk chunk = outstanding.chunk(i);
            if (chunk.state != SentChunk.State.ABANDONED || !add(chunk.message)) {
                break;
            }
            point = chunk.tsn;
        }
        return point != outstanding.cumulativeTsn();
    }

    /** False where no more streams fit; the rest is for the next one. */
    private boolean add(OutgoingMessage message) {
        if (!message.delivery.ordered()) {
            return true; // Section 3.2: unordered messages are not listed.
        }
        for (int i = 0; i < count; i++) {
            if (streams[i] == message.stream) {
                numbers[i] = message.ssn;
                return true;
            }
        }
        if (count == MAX_STREAMS) {
            return false;
        }
        streams[count] = message.stream;
        numbers[count++] = message.ssn;
        return true;
    }

    void write(Outbox out) {
        int at = out.open(ChunkType.FORWARD_TSN, 0, 4 + 4 * count);
        Wire.put32(out.buf(), at, point);
        for (int i = 0; i < count; i++) {
            Wire.put16(out.buf(), at + 4 + 4 * i, streams[i]);
            Wire.put16(out.buf(), at + 6 + 4 * i, numbers[i]);
        }
    }
}
