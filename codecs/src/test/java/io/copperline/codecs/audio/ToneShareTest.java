package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ToneShareTest {
    private static final int RATE_HZ = 8_000;
    private static final int SAMPLES = 160;

    private final ToneShare share = new ToneShare(1_000, RATE_HZ);

    private static short[] tones(double... hz) {
        short[] pcm = new short[SAMPLES];
        for (double one : hz) {
            for (int i = 0; i < SAMPLES; i++) {
                pcm[i] += (short) (8_000 * Math.sin(2 * Math.PI * one * i / RATE_HZ));
            }
        }
        return pcm;
    }

    @Test
    void theToneHoldsAllOfItself() {
        assertTrue(share.exceeds(0.99, tones(1_000), SAMPLES));
    }

    @Test
    void twoTonesHoldHalfEach() {
        assertTrue(share.exceeds(0.49, tones(1_000, 2_000), SAMPLES));
        assertFalse(share.exceeds(0.51, tones(1_000, 2_000), SAMPLES));
    }

    @Test
    void anotherToneAndSilenceHoldNothingOfIt() {
        assertFalse(share.exceeds(0.01, tones(2_000), SAMPLES));
        assertFalse(share.exceeds(0, new short[SAMPLES], SAMPLES));
    }
}
