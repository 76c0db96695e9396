package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.AllocatedBytes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** ITU-T G.711 Appendix I. */
class G711ConcealmentTest {
    private static final int FRAME = 160;
    private final G711Concealment concealment = new G711Concealment(8_000);

    private short[] play(short[] sound, int... lostFrames) {
        short[] heard = sound.clone();
        for (int at = 0; at + FRAME <= heard.length; at += FRAME) {
            int frame = at / FRAME;
            boolean lost = Arrays.stream(lostFrames).anyMatch(f -> f == frame);
            if (lost) {
                Arrays.fill(heard, at, at + FRAME, (short) 0);
                concealment.conceal(heard, at, FRAME);
            } else {
                concealment.received(heard, at, FRAME);
            }
        }
        return heard;
    }

    private static int greatestStep(short[] pcm, int from, int to) {
        int greatest = 0;
        for (int i = from; i < to; i++) {
            greatest = Math.max(greatest, Math.abs(pcm[i] - pcm[i - 1]));
        }
        return greatest;
    }

    @Test
    void withoutLossTheSoundIsOnlyDelayed() {
        short[] sound = Sound.voice(8000, 8000);
        short[] heard = play(sound);
        for (int i = concealment.delaySamples(); i < 8000; i++) {
            assertEquals(sound[i - concealment.delaySamples()], heard[i]);
        }
    }

    @Test
    void lostFrameOfAToneGoesOnWithItsPitchAndPhase() {
        short[] sound = Sound.tone(8000, 100, 10_000, 8000);
        short[] heard = play(sound, 20);
        int at = 20 * FRAME;
        double error = Sound.error(heard, at, sound, at - concealment.delaySamples(), 80);
        double power = Sound.error(new short[80], 0, sound, at, 80);
        assertTrue(error < power / 100, error + " of " + power);
    }

    @Test
    void voiceIsConcealedWithoutClicks() {
        short[] sound = Sound.voice(8000, 16_000);
        short[] heard = play(sound, 10, 30, 31, 50, 51, 52, 70);
        int usual = greatestStep(sound, 1, sound.length);
        assertTrue(greatestStep(heard, 200, heard.length) <= usual * 1.3);
    }

    @Test
    void pitchIsFound() {
        for (int hz : new int[] {80, 100, 125, 160, 190}) {
            float[] signal = new float[390];
            for (int i = 0; i < 390; i++) {
                double phase = 2 * Math.PI * hz * i / 8000;
                signal[i] =
                        (float) (3000 * Math.sin(phase) + 1500 * Math.sin(2 * phase + 1) + 800 * Math.sin(5 * phase));
            }
            assertEquals(8000.0 / hz, new PitchSearch(1).pitch(signal, 390), 1.01, "at " + hz + " Hz");
        }
    }

    @Test
    void longLossFadesToSilenceIn60Milliseconds() {
        short[] sound = Sound.tone(8000, 200, 10_000, 8000);
        short[] heard = play(sound, 20, 21, 22, 23, 24);
        int start = 20 * FRAME + concealment.delaySamples();
        double[] expected = {1, 0.9, 0.7, 0.5, 0.3, 0.1, 0, 0, 0};
        for (int tens = 0; tens < 9; tens++) {
            double peak = Sound.peakOf(heard, start + tens * 80, 80, 8000, 200);
            assertEquals(expected[tens] * 10_000, peak, 700, tens * 10 + " ms");
        }
    }

    @Test
    void returnIsFadedIn() {
        short[] sound = Sound.tone(8000, 200, 10_000, 8000);
        short[] heard = play(sound, 20, 21, 22, 23);
        int back = 24 * FRAME;
        // In the delay the concealed sound goes on, then the signal rises over 10 ms.
        assertTrue(greatestStep(heard, back, back + 160) <= greatestStep(sound, 1, 400) * 1.2);
        assertEquals(10_000, Sound.peakOf(heard, back + 120, 160, 8000, 200), 300);
    }

    @Test
    void concealingBeforeAnythingCameIsSilence() {
        short[] pcm = new short[FRAME];
        concealment.conceal(pcm, 0, FRAME);
        for (short sample : pcm) {
            assertEquals(0, sample);
        }
    }

    @Test
    void oddLengthsAreTaken() {
        short[] pcm = Sound.voice(8000, 1000);
        for (int n = 1; n < 300; n += 7) {
            concealment.received(pcm, 0, n);
            concealment.conceal(pcm, 0, n);
        }
        assertEquals(1000, pcm.length);
    }

    @Test
    void nothingIsAllocated() {
        short[] pcm = Sound.voice(8000, 320);
        assertEquals(0, AllocatedBytes.of(3000, 300, () -> {
            concealment.received(pcm, 0, 160);
            concealment.conceal(pcm, 160, 160);
        }));
    }
}
