package io.copperline.codecs.audio;

/** Makes sound for tests and finds it again. */
public final class Sound {
    private Sound() {}

    /** A sine with this peak. */
    public static short[] tone(int rateHz, double frequencyHz, int peak, int samples) {
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            pcm[i] = (short) Math.round(peak * Math.sin(2 * Math.PI * frequencyHz * i / rateHz));
        }
        return pcm;
    }

    /** Something like a voice: a buzz of gliding pitch, formed and with syllables. */
    public static short[] voice(int rateHz, int samples) {
        short[] pcm = new short[samples];
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            double t = (double) i / rateHz;
            phase += 2 * Math.PI * (130 + 40 * Math.sin(2 * Math.PI * 0.7 * t)) / rateHz;
            double syllable = 0.55 + 0.45 * Math.sin(2 * Math.PI * 3.1 * t);
            double sum = 0;
            for (int h = 1; h <= 20; h++) {
                double hz = 130 * h;
                double formant =
                        Math.exp(-Math.pow((hz - 600) / 300, 2)) + 0.5 * Math.exp(-Math.pow((hz - 1700) / 400, 2));
                sum += (0.05 + formant) * Math.sin(h * phase);
            }
            pcm[i] = (short) Math.round(3500 * syllable * sum);
        }
        return pcm;
    }

    /** The peak of the sine of this frequency within the samples (Goertzel's way). */
    public static double peakOf(short[] pcm, int off, int n, int rateHz, double frequencyHz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * frequencyHz * i / rateHz;
            re += pcm[off + i] * Math.cos(angle);
            im += pcm[off + i] * Math.sin(angle);
        }
        return 2 * Math.hypot(re, im) / n;
    }

    /** The share of the sound's power that a sine of this frequency has. */
    public static double shareOf(short[] pcm, int off, int n, int rateHz, double frequencyHz) {
        double power = 0;
        for (int i = 0; i < n; i++) {
            power += (double) pcm[off + i] * pcm[off + i];
        }
        double peak = peakOf(pcm, off, n, rateHz, frequencyHz);
        return power == 0 ? 0 : peak * peak / 2 * n / power;
    }

    /** The power of the difference of two stretches. */
    public static double error(short[] a, int aOff, short[] b, int bOff, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double difference = a[aOff + i] - b[bOff + i];
            sum += difference * difference;
        }
        return sum;
    }
}
