package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

/** Tells whether a recording at 8 kHz is one steady tone. */
final class Tone {
    private static final int RATE_HZ = 8_000;
    private static final int WINDOW = RATE_HZ / 10;
    /** More of it is this tone, and hardly anything else. */
    static final double MOST = 0.8;

    private static final double AUDIBLE = 200;

    private Tone() {}

    /** This tone was heard, and hardly anything else. */
    static void assertHeard(int hz, short[] heard) {
        double share = share(hz, heard);
        assertTrue(share > MOST, () -> "of what was heard, " + share + " was the tone of " + hz + " Hz");
    }

    /** Whether there is a tone, and it is this one: the median share of the power of each audible tenth of a second. */
    static double share(int hz, short[] heard) {
        double[] shares = new double[heard.length / WINDOW];
        int count = 0;
        for (int at = 0; at + WINDOW <= heard.length; at += WINDOW) {
            double power = power(heard, at);
            if (Math.sqrt(power / WINDOW) > AUDIBLE) {
                shares[count++] = powerAt(hz, heard, at) / power;
            }
        }
        Arrays.sort(shares, 0, count);
        return count < shares.length / 2 || count == 0 ? 0 : shares[count / 2];
    }

    private static double power(short[] pcm, int at) {
        double sum = 0;
        for (int i = at; i < at + WINDOW; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return sum;
    }

    private static double powerAt(int hz, short[] pcm, int at) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < WINDOW; i++) {
            double angle = 2 * Math.PI * hz * i / RATE_HZ;
            real += pcm[at + i] * Math.cos(angle);
            imaginary += pcm[at + i] * Math.sin(angle);
        }
        return 2 * (real * real + imaginary * imaginary) / WINDOW;
    }
}
