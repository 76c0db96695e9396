package io.copperline.webrtc.sctp;

/** One DATA chunk that has a TSN. Lives in a slot of {@link Outstanding} and is used again. */
final class SentChunk {
    enum State {
        /** Sent, and neither acknowledged nor thought lost. */
        IN_FLIGHT,
        /** Acknowledged by a gap report, which the peer may take back. */
        ACKNOWLEDGED,
        /** Thought lost. */
        TO_RESEND,
        /** Given up (RFC 3758): the peer is told to skip it. */
        ABANDONED
    }

    State state = State.ABANDONED;
    OutgoingMessage message;
    int tsn;
    int off;
    int bytes;
    int retransmissions;
    int misses;
    /** A SACK must acknowledge this TSN or a later one to count as a sign that this chunk was lost. */
    int missedFromTsn;

    void begin(OutgoingMessage of, int chunkTsn, int messageOff, int chunkBytes) {
        state = State.IN_FLIGHT;
        message = of;
        tsn = chunkTsn;
        off = messageOff;
        bytes = chunkBytes;
        retransmissions = 0;
        misses = 0;
        missedFromTsn = chunkTsn + 1;
    }

    /** What it takes of a packet, and so of the congestion window. */
    int packetBytes() {
        return ChunkType.HEADER_BYTES + ChunkType.DATA_FIELDS_BYTES + Wire.padded(bytes);
    }

    int flags() {
        int flags = message.delivery.ordered() ? 0 : ChunkType.UNORDERED;
        flags |= off == 0 ? ChunkType.BEGIN : 0;
        return flags | (off + bytes == message.bytes.length ? ChunkType.END : 0);
    }

    /** Whether it must not be sent again (RFC 3758; RFC 7496 sections 3.1 and 3.2). */
    boolean givenUp(long nowNanos) {
        return retransmissions >= message.delivery.maxRetransmissions() || message.expired(nowNanos);
    }
}
