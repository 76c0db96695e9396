package io.copperline.codecs.audio;

/**
 * The noise of a room that someone else has described (RFC 3389): white, at the level of the description's first byte. The
 * spectrum that may follow is neither read nor written. Owned by its stream.
 *
 * <pre>
 *  |0| level |  level in -dBov, 0 to 127; what follows are reflection coefficients
 * </pre>
 */
public final class ComfortNoise {
    private static final double OVERLOAD = 32_768;
    /** Uniform noise of this peak has a power of 1. */
    private static final double PEAK = Math.sqrt(3);

    private long state = 1;
    private int peak;

    /** Writes the payload that describes noise of a level in -dBov, {@link AudioLevel#SILENCE} for none; returns its length. */
    public static int write(int level, byte[] out, int off) {
        out[off] = (byte) Math.clamp(level, 0, AudioLevel.SILENCE); // RFC 3389 section 3.1: the highest bit is 0.
        return 1;
    }

    /** Takes the payload of a comfort noise packet; of nothing it makes nothing. */
    public void describe(byte[] payload, int off, int len) {
        if (len > 0) {
            double rms = OVERLOAD * Math.pow(10, -(payload[off] & 0x7F) / 20.0);
            peak = (int) Math.min(Short.MAX_VALUE, Math.round(rms * PEAK));
        }
    }

    /** Silence from now on. */
    public void stop() {
        peak = 0;
    }

    /** Whether there is any. */
    public boolean active() {
        return peak > 0;
    }

    /** Overwrites n samples. */
    public void fill(short[] pcm, int off, int n) {
        for (int i = off; i < off + n; i++) {
            state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            pcm[i] = (short) ((state >> 40) * peak >> 23);
        }
    }
}
