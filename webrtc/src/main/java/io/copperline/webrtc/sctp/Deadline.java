package io.copperline.webrtc.sctp;

/** One timer, in {@code nowNanos}; times are compared by their difference, since the clock's zero is anywhere. */
final class Deadline {
    private boolean armed;
    private long atNanos;

    void arm(long nanos) {
        armed = true;
        atNanos = nanos;
    }

    void disarm() {
        armed = false;
    }

    boolean armed() {
        return armed;
    }

    boolean due(long nowNanos) {
        return armed && nowNanos - atNanos >= 0;
    }

    /** The earlier of this and another time, which may be {@link Association#NEVER}. */
    long earliest(long otherNanos) {
        return armed && (otherNanos == Association.NEVER || atNanos - otherNanos < 0) ? atNanos : otherNanos;
    }
}
