package io.copperline.webrtc;

/** Turns the owner's {@code nowNanos} into the W3C's timestamps. */
record StatsClock(long epochOffsetNanos) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Milliseconds since 1970, with what is behind the point. */
    double millis(long nowNanos) {
        return (nowNanos + epochOffsetNanos) / NANOS_PER_MILLI;
    }
}
