package io.copperline.codecs.rtp;

/**
 * A source's own time: 16-bit sequence numbers and 32-bit timestamps extended, the frame its timestamps step by, and whether
 * a packet belongs to it at all.
 */
final class TimeLine {
    private static final long JUMP_MICROS = 2_000_000;
    private static final long SAME_JUMP_MICROS = 200_000;
    private static final int FAR_BEHIND = 2 * PacketSlots.COUNT;
    private static final int DEFAULT_FRAMES_PER_SECOND = 50;
    private static final int SHORTEST_FRAMES_PER_SECOND = 400;
    private static final int LONGEST_FRAME_MILLIS = 120;

    private final SequenceExtender extender = new SequenceExtender();
    private final int clockRateHz;

    private boolean known;
    private long newestSequence;
    private long newestTimestamp;
    private long previousSequence;
    private long previousTimestamp;
    private int frameUnits;
    private long candidateUnits;

    private boolean strayKnown;
    private int straySequence;
    private long strayDelayMicros;

    TimeLine(int clockRateHz) {
        this.clockRateHz = clockRateHz;
        this.frameUnits = clockRateHz / DEFAULT_FRAMES_PER_SECOND;
    }

    boolean known() {
        return known;
    }

    long newestSequence() {
        return newestSequence;
    }

    int frameUnits() {
        return frameUnits;
    }

    long extendTimestamp(long rtpTimestamp) {
        return known ? newestTimestamp + (int) (rtpTimestamp - newestTimestamp) : rtpTimestamp & 0xFFFF_FFFFL;
    }

    long extendSequence(int seq) {
        return extender.extend(seq);
    }

    /** Whether a packet's number or time, as a delay against this line's base, is out of all proportion. */
    boolean foreign(int seq, long delayMicros) {
        boolean farBehind = known && (short) (seq - (int) newestSequence) < -FAR_BEHIND;
        return farBehind || Math.abs(delayMicros) > JUMP_MICROS;
    }

    /** A second foreign packet in a row and in line with the first proves a new line (RFC 3550 A.1's way). */
    boolean confirmsStray(int seq, long delayMicros) {
        boolean confirmed = strayKnown
                && (seq - straySequence & 0xFFFF) == 1
                && Math.abs(delayMicros - strayDelayMicros) < SAME_JUMP_MICROS;
        strayKnown = !confirmed;
        straySequence = seq;
        strayDelayMicros = delayMicros;
        return confirmed;
    }

    void onPacket(long sequence, long timestamp) {
        if (known) {
            learnFrame(sequence, timestamp);
            newestTimestamp = Math.max(newestTimestamp, timestamp);
            newestSequence = Math.max(newestSequence, sequence);
        } else {
            newestTimestamp = timestamp;
            newestSequence = sequence;
            known = true;
        }
        strayKnown = false;
        previousSequence = sequence;
        previousTimestamp = timestamp;
    }

    /** The next packet begins a new line; the frame stays what it was. */
    void restart() {
        extender.reset();
        known = false;
        strayKnown = false;
        candidateUnits = 0;
    }

    /** Two equal steps between neighbours are the frame; one alone may be a pause. */
    private void learnFrame(long sequence, long timestamp) {
        long step = timestamp - previousTimestamp;
        if (sequence != previousSequence + 1
                || step < clockRateHz / SHORTEST_FRAMES_PER_SECOND
                || step > (long) clockRateHz * LONGEST_FRAME_MILLIS / 1000) {
            return;
        }
        if (step == candidateUnits) {
            frameUnits = (int) step;
        }
        candidateUnits = step;
    }
}
