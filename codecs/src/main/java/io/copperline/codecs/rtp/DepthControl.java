package io.copperline.codecs.rtp;

/**
 * Decides when the playing depth is changed by one frame towards its target: soon where the sound is silent, patiently
 * where it is speech.
 *
 * <pre>
 *   depth - target       first 5 s or 3 frames over    else     silent
 *   over a frame + 2 ms            0.4 s                 3 s      0.1 s     skip one
 *   under 2 ms below               0.2 s (a frame)       1 s      0.1 s     stretch by one
 * </pre>
 */
final class DepthControl {
    enum Change {
        KEEP,
        SKIP,
        STRETCH
    }

    private static final long SLACK_MICROS = 2_000;
    private static final long SETTLING_MICROS = 5_000_000;
    private static final long SILENT_PATIENCE_MICROS = 100_000;

    private Change wanted = Change.KEEP;
    private long wantedSinceMicros;
    private long beganMicros;
    private boolean silent;

    void begin(long nowMicros) {
        beganMicros = nowMicros;
        wanted = Change.KEEP;
    }

    void silent(boolean silent) {
        this.silent = silent;
    }

    Change decide(long depthMicros, long targetMicros, long frameMicros, long nowMicros) {
        long excess = depthMicros - targetMicros;
        Change change = wish(excess, frameMicros);
        if (change != wanted) {
            wanted = change;
            wantedSinceMicros = nowMicros;
        }
        if (change == Change.KEEP || nowMicros - wantedSinceMicros < patience(excess, frameMicros, nowMicros)) {
            return Change.KEEP;
        }
        return change;
    }

    /** The change was made: the next one has to wait again. */
    void made(long nowMicros) {
        wantedSinceMicros = nowMicros;
    }

    /** Whether the depth is over its target by more than a frame and the slack. */
    static boolean over(long depthMicros, long targetMicros, long frameMicros) {
        return depthMicros - targetMicros >= frameMicros + SLACK_MICROS;
    }

    private static Change wish(long excess, long frameMicros) {
        if (excess >= frameMicros + SLACK_MICROS) {
            return Change.SKIP;
        }
        return excess < -SLACK_MICROS ? Change.STRETCH : Change.KEEP;
    }

    private long patience(long excess, long frameMicros, long nowMicros) {
        if (silent) {
            return SILENT_PATIENCE_MICROS;
        }
        if (excess < 0) {
            return -excess >= frameMicros ? 200_000 : 1_000_000;
        }
        boolean soon = nowMicros - beganMicros < SETTLING_MICROS || excess >= 3 * frameMicros;
        return soon ? 400_000 : 3_000_000;
    }
}
