package io.copperline.codecs.audio;

/** Twice or half the sample rate, by a windowed half-band filter; for whole pieces of sound, not for streams. */
final class HalfBand {
    /** On each side; the taps at even distances are 0 but for the middle one. */
    private static final int REACH = 31;

    private static final double[] TAPS = taps();

    private HalfBand() {}

    private static double[] taps() {
        double[] taps = new double[REACH + 1];
        for (int i = 1; i <= REACH; i += 2) {
            double sinc = Math.sin(Math.PI * i / 2) / (Math.PI * i);
            taps[i] = sinc * (0.54 + 0.46 * Math.cos(Math.PI * i / (REACH + 1)));
        }
        return taps;
    }

    /** Every second sample of what is below a quarter of the rate. */
    static short[] halve(short[] pcm) {
        short[] out = new short[pcm.length / 2];
        for (int i = 0; i < out.length; i++) {
            double sum = 0.5 * pcm[2 * i];
            for (int t = 1; t <= REACH; t += 2) {
                sum += TAPS[t] * (sample(pcm, 2 * i - t) + sample(pcm, 2 * i + t));
            }
            out[i] = clamped(sum);
        }
        return out;
    }

    /** A sample more between each two. */
    static short[] twice(short[] pcm) {
        short[] out = new short[pcm.length * 2];
        for (int i = 0; i < pcm.length; i++) {
            double sum = 0;
            for (int t = 1; t <= REACH; t += 2) {
                sum += 2 * TAPS[t] * (sample(pcm, i - (t - 1) / 2) + sample(pcm, i + (t + 1) / 2));
            }
            out[2 * i] = pcm[i];
            out[2 * i + 1] = clamped(sum);
        }
        return out;
    }

    private static int sample(short[] pcm, int at) {
        return at >= 0 && at < pcm.length ? pcm[at] : 0;
    }

    private static short clamped(double value) {
        return (short) Math.clamp(Math.round(value), Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
