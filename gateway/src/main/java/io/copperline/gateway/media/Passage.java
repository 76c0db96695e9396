package io.copperline.gateway.media;

import io.copperline.codecs.rtp.RtpHeader;

/**
 * One stream's packets on their way into another as they come: timestamps moved by a constant, sequence numbers with the same
 * gaps, so that the receiver sees what was lost and smooths the jitter itself. Owned by one direction.
 *
 * <pre>
 *  nothing passed lately ....... the direction's own voice speaks (a digit, music, silence)
 *  a packet .................... passes; the first one begins where our own voice would go on, with the marker
 *  late, or there already ...... stays behind
 *  another SSRC, a long gap .... the next one begins anew
 * </pre>
 */
final class Passage {
    /** Longer than any jitter that does not hurt. */
    private static final long QUIET_NANOS = 200_000_000L;
    /** A longer gap is no loss, but a sender that began anew. */
    private static final int MOST_MISSING = 50;

    private static final long U32 = 0xffff_ffffL;

    private boolean open;
    private boolean paused;
    private boolean marker;
    private long ssrc;
    private int sequence;
    private int missing;
    private long offset;
    private long timestamp;
    private long lastNanos;

    /** Whether nothing has passed lately, so that our own voice is due. */
    boolean quiet(long nowNanos) {
        return !open || paused || nowNanos - lastNanos >= QUIET_NANOS;
    }

    /**
     * Takes a packet in clear.
     *
     * @param ourTimestamp what our own voice would have now
     * @return whether it passes, with {@link #timestamp}, {@link #marker} and behind so many that are {@link #missing}
     */
    boolean take(byte[] packet, int off, long ourTimestamp, long nowNanos) {
        int arrived = RtpHeader.sequence(packet, off);
        long arrivedTimestamp = RtpHeader.timestamp(packet, off);
        int step = (short) (arrived - sequence);
        boolean same = open && ssrc == RtpHeader.ssrc(packet, off) && !quiet(nowNanos);
        if (same && step <= 0 && step > -MOST_MISSING) {
            return false;
        }
        boolean goesOn = same && step > 0 && step <= MOST_MISSING;
        if (goesOn) {
            missing = step - 1;
            marker = RtpHeader.marker(packet, off);
        } else {
            open = true;
            missing = 0;
            marker = true;
            ssrc = RtpHeader.ssrc(packet, off);
            offset = ourTimestamp - arrivedTimestamp;
        }
        paused = false;
        sequence = arrived;
        timestamp = arrivedTimestamp + offset & U32;
        lastNanos = nowNanos;
        return true;
    }

    /** The sender says that it is silent: our own voice is due at once. */
    void pause() {
        paused = true;
    }

    /** Our own voice speaks: the next packet begins anew. */
    void interrupt() {
        open = false;
    }

    long timestamp() {
        return timestamp;
    }

    boolean marker() {
        return marker;
    }

    int missing() {
        return missing;
    }

    /** Our own voice's timestamp behind what has passed, which clocks that differ a little may have brought ahead of it. */
    long after(long ourTimestamp, long units) {
        long next = timestamp + units & U32;
        return open && (int) (ourTimestamp - next) < 0 ? next : ourTimestamp;
    }
}
