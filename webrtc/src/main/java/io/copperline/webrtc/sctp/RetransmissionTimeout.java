package io.copperline.webrtc.sctp;

/** How long to wait for an acknowledgement (RFC 9260 section 6.3.1). */
final class RetransmissionTimeout {
    private final long minNanos;
    private final long maxNanos;
    private long smoothedNanos = -1;
    private long variationNanos;
    private long timeoutNanos;

    RetransmissionTimeout(SctpSettings settings) {
        minNanos = settings.rtoMin().toNanos();
        maxNanos = settings.rtoMax().toNanos();
        timeoutNanos = Math.min(settings.rtoInitial().toNanos(), maxNanos);
    }

    long nanos() {
        return timeoutNanos;
    }

    long smoothedNanos() {
        return smoothedNanos;
    }

    /** A round trip of something that was sent once (Karn's rule, C5). */
    void onRoundTrip(long nanos) {
        if (smoothedNanos < 0) {
            smoothedNanos = nanos;
            variationNanos = nanos / 2;
        } else {
            variationNanos = variationNanos - variationNanos / 4 + Math.abs(smoothedNanos - nanos) / 4;
            smoothedNanos = smoothedNanos - smoothedNanos / 8 + nanos / 8;
        }
        collapse();
    }

    /**
     * Something new was acknowledged: the path is there, and what was backed off is measured again. The RFC waits for the
     * next round trip of something sent once, which under heavy loss is long in coming; Linux and Chromium do not.
     */
    void onAcknowledged() {
        if (smoothedNanos >= 0) {
            collapse();
        }
    }

    private void collapse() {
        timeoutNanos = Math.clamp(smoothedNanos + 4 * variationNanos, minNanos, maxNanos);
    }

    /** Section 6.3.3 E2. */
    void backOff() {
        timeoutNanos = Math.min(timeoutNanos * 2, maxNanos);
    }
}
