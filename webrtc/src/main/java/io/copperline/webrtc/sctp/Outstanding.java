package io.copperline.webrtc.sctp;

/**
 * The chunks from the first that is not cumulatively acknowledged to the last that was sent, in a ring by TSN. Knows what
 * each SACK says of them; what follows for windows and timers is {@link DataSender}'s.
 */
final class Outstanding {
    /** No more than this many: SACKs report gaps with 16 bits, and memory has an end. */
    static final int MAX_CHUNKS = 16_384;

    private static final int MISSES_FOR_A_LOSS = 3;

    private SentChunk[] ring = {new SentChunk(), new SentChunk(), new SentChunk(), new SentChunk()};
    private int firstTsn;
    private int chunks;
    private int flightBytes;
    private int flightPayloadBytes;
    private int toResend;

    private int acknowledgedBytes;
    private int highestNewlyAcknowledged;
    private boolean timing;
    private int timedTsn;
    private long timedSinceNanos;
    private long roundTripNanos;

    Outstanding(int initialTsn) {
        firstTsn = initialTsn;
    }

    int cumulativeTsn() {
        return firstTsn - 1;
    }

    int lastTsn() {
        return firstTsn + chunks - 1;
    }

    int chunks() {
        return chunks;
    }

    boolean full() {
        return chunks == MAX_CHUNKS;
    }

    int flightBytes() {
        return flightBytes;
    }

    int flightPayloadBytes() {
        return flightPayloadBytes;
    }

    boolean anyToResend() {
        return toResend > 0;
    }

    /** What the last SACK newly acknowledged. */
    int acknowledgedBytes() {
        return acknowledgedBytes;
    }

    /** What the last SACK measured, or -1. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    SentChunk chunk(int index) {
        return ring[firstTsn + index & ring.length - 1];
    }

    /** The next TSN, for a fragment of this message. */
    SentChunk append(OutgoingMessage message, int off, int bytes) {
        if (chunks == ring.length) {
            grow();
        }
        SentChunk chunk = ring[firstTsn + chunks & ring.length - 1];
        chunk.begin(message, firstTsn + chunks, off, bytes);
        if (off == 0) {
            message.firstTsn = chunk.tsn;
        }
        chunks++;
        message.outstandingChunks++;
        return chunk;
    }

    private void grow() {
        SentChunk[] larger = new SentChunk[ring.length * 2];
        for (int i = 0; i < chunks; i++) {
            larger[firstTsn + i & larger.length - 1] = chunk(i);
        }
        for (int i = 0; i < larger.length; i++) {
            larger[i] = larger[i] == null ? new SentChunk() : larger[i];
        }
        ring = larger;
    }

    /** It is on its way, for the first time or again. */
    void onSent(SentChunk chunk, long nowNanos) {
        if (chunk.state == SentChunk.State.TO_RESEND) {
            toResend--;
            chunk.retransmissions++;
            chunk.misses = 0;
            // Not RFC 9260 section 7.2.4, which retransmits fast but once, but usrsctp's way: what was sent after the
            // retransmission and arrived tells that the retransmission was lost as well.
            chunk.missedFromTsn = lastTsn() + 1;
            timing &= chunk.tsn != timedTsn; // Karn
        } else if (!timing) {
            timing = true;
            timedTsn = chunk.tsn;
            timedSinceNanos = nowNanos;
        }
        fly(chunk);
    }

    private void fly(SentChunk chunk) {
        chunk.state = SentChunk.State.IN_FLIGHT;
        flightBytes += chunk.packetBytes();
        flightPayloadBytes += chunk.bytes;
    }

    private void land(SentChunk chunk) {
        flightBytes -= chunk.packetBytes();
        flightPayloadBytes -= chunk.bytes;
    }

    /** Whether the gap reports are in order and about what was sent (RFC 9260 section 3.3.4). */
    boolean sound(int cumulative, byte[] buf, int gapsOff, int gaps) {
        int last = 1; // What follows the cumulative TSN cannot have come.
        for (int i = 0; i < gaps; i++) {
            int from = Wire.u16(buf, gapsOff + i * 4);
            int to = Wire.u16(buf, gapsOff + i * 4 + 2);
            if (from <= last || to < from) {
                return false;
            }
            last = to;
        }
        return gaps == 0 || !Wire.before(lastTsn(), cumulative + last);
    }

    /** Takes a sound SACK with a cumulative TSN that is not behind ours. */
    void onSack(int cumulative, byte[] buf, int gapsOff, int gaps, SendQueue queue, long nowNanos) {
        acknowledgedBytes = 0;
        roundTripNanos = -1;
        highestNewlyAcknowledged = cumulativeTsn();
        while (chunks > 0 && !Wire.before(cumulative, firstTsn)) {
            SentChunk chunk = chunk(0);
            acknowledge(chunk, nowNanos);
            remove(chunk, queue);
        }
        int index = 0;
        for (int i = 0; i < gaps; i++) {
            int from = Wire.u16(buf, gapsOff + i * 4) - 1;
            int to = Wire.u16(buf, gapsOff + i * 4 + 2) - 1;
            takeBack(index, from);
            for (index = from; index <= to; index++) {
                acknowledge(chunk(index), nowNanos);
            }
        }
        takeBack(index, chunks);
    }

    private void acknowledge(SentChunk chunk, long nowNanos) {
        switch (chunk.state) {
            case IN_FLIGHT -> land(chunk);
            case TO_RESEND -> toResend--;
            case ACKNOWLEDGED, ABANDONED -> {
                return;
            }
        }
        if (timing && chunk.tsn == timedTsn) {
            timing = false;
            roundTripNanos = chunk.retransmissions == 0 ? nowNanos - timedSinceNanos : -1;
        }
        chunk.state = SentChunk.State.ACKNOWLEDGED;
        acknowledgedBytes += chunk.packetBytes();
        highestNewlyAcknowledged = chunk.tsn;
    }

    private void remove(SentChunk chunk, SendQueue queue) {
        OutgoingMessage message = chunk.message;
        if (--message.outstandingChunks == 0 && (message.unassignedBytes() == 0 || message.abandoned)) {
            queue.release(message);
        }
        chunk.message = null;
        firstTsn++;
        chunks--;
    }

    /**
     * The peer may drop what it reported only as beyond a gap (RFC 9260 section 6.2.1 D iv); more often an older SACK came
     * late. So it is under way again, and no more.
     */
    private void takeBack(int from, int to) {
        for (int i = from; i < to; i++) {
            SentChunk chunk = chunk(i);
            if (chunk.state == SentChunk.State.ACKNOWLEDGED) {
                fly(chunk);
            }
        }
    }

    /**
     * Counts what the last SACK passed over, and marks what it thereby reports as lost (RFC 9260 section 7.2.4): a chunk that
     * three SACKs passed over which newly acknowledged something sent later.
     *
     * @param highestReported counts up to there, whatever is new, while recovering
     * @return whether anything was lost
     */
    boolean markLost(int highestReported, boolean advancedInRecovery) {
        int until = advancedInRecovery ? highestReported : highestNewlyAcknowledged;
        boolean lost = false;
        for (int i = 0; i < chunks; i++) {
            SentChunk chunk = chunk(i);
            if (!Wire.before(chunk.tsn, until)) {
                break;
            }
            if (chunk.state == SentChunk.State.IN_FLIGHT
                    && !Wire.before(until, chunk.missedFromTsn)
                    && ++chunk.misses >= MISSES_FOR_A_LOSS) {
                resend(chunk);
                lost = true;
            }
        }
        return lost;
    }

    /** Everything that is in flight counts as lost (RFC 9260 section 6.3.3 E3). */
    void onTimeout() {
        timing = false;
        for (int i = 0; i < chunks; i++) {
            if (chunk(i).state == SentChunk.State.IN_FLIGHT) {
                resend(chunk(i));
            }
        }
    }

    private void resend(SentChunk chunk) {
        land(chunk);
        chunk.state = SentChunk.State.TO_RESEND;
        toResend++;
    }

    /** Gives up what is left of a message: what is in flight, and what the peer may already have of it. */
    void abandon(OutgoingMessage message) {
        message.abandoned = true;
        if (message.unassignedBytes() > 0) {
            // One TSN stands for what was never sent, so that there is one to skip even where the rest is acknowledged.
            append(message, message.assignedBytes, 0).state = SentChunk.State.ABANDONED;
        }
        for (int i = Math.max(0, message.firstTsn - firstTsn); i < chunks && chunk(i).message == message; i++) {
            SentChunk chunk = chunk(i);
            switch (chunk.state) {
                case IN_FLIGHT -> land(chunk);
                case TO_RESEND -> toResend--;
                case ACKNOWLEDGED, ABANDONED -> {}
            }
            chunk.state = SentChunk.State.ABANDONED;
        }
    }
}
