package io.copperline.codecs.audio;

/** The level of sound as RFC 6464 and RFC 6465 count it. */
public final class AudioLevel {
    /** What digital silence has. */
    public static final int SILENCE = 127;

    private static final double OVERLOAD = 32768;

    private AudioLevel() {}

    /** The RMS level of n samples in -dBov: 0 is overload, 127 is silence (RFC 6465 appendix A). */
    public static int dBov(short[] pcm, int off, int n) {
        long energy = 0;
        for (int i = off; i < off + n; i++) {
            energy += pcm[i] * pcm[i];
        }
        if (energy == 0) {
            return SILENCE;
        }
        double rms = Math.sqrt((double) energy / n) / OVERLOAD;
        return Math.clamp(Math.round(-20 * Math.log10(rms)), 0, SILENCE);
    }
}
