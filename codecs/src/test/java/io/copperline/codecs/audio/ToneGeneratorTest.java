package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.AllocatedBytes;
import io.copperline.codecs.dtmf.TelephoneEvent;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ToneGeneratorTest {
    private static short[] fill(ToneGenerator generator, int samples) {
        short[] pcm = new short[samples];
        // In uneven pieces: the tone must not care.
        for (int at = 0; at < samples; ) {
            int n = Math.min(samples - at, 37 + at % 100);
            generator.fill(pcm, at, n);
            at += n;
        }
        return pcm;
    }

    @Test
    void americanRingbackSoundsTwoSecondsOfSix() {
        var generator = new ToneGenerator(8000);
        generator.start(Cadence.US_RINGBACK);
        short[] pcm = fill(generator, 8000 * 12);
        double peak = 32_767 * Math.pow(10, (-19 - 3.14) / 20);
        for (int second : new int[] {0, 1, 6, 7}) {
            assertEquals(peak, Sound.peakOf(pcm, second * 8000, 8000, 8000, 440), 15);
            assertEquals(peak, Sound.peakOf(pcm, second * 8000, 8000, 8000, 480), 15);
        }
        for (int second : new int[] {2, 3, 4, 5, 8, 11}) {
            assertEquals(AudioLevel.SILENCE, AudioLevel.dBov(pcm, second * 8000, 8000));
        }
    }

    @Test
    void countriesHaveTheirOwn() {
        assertSame(Cadence.US_RINGBACK, Cadence.ringback("us"));
        assertSame(Cadence.UK_RINGBACK, Cadence.ringback("GB"));
        assertSame(Cadence.ETSI_RINGBACK, Cadence.ringback("DE"));
    }

    @Test
    void everyDigitIsItsTwoFrequenciesAndThenSilence() {
        int[][] expected = {
            {941, 1336}, {697, 1209}, {697, 1336}, {697, 1477}, {770, 1209}, {770, 1336}, {770, 1477}, {852, 1209},
            {852, 1336}, {852, 1477}, {941, 1209}, {941, 1477}, {697, 1633}, {770, 1633}, {852, 1633}, {941, 1633}
        };
        var generator = new ToneGenerator(8000);
        for (int event = 0; event < 16; event++) {
            generator.start(event, 100);
            short[] pcm = fill(generator, 1600);
            double both = Sound.shareOf(pcm, 0, 800, 8000, expected[event][0])
                    + Sound.shareOf(pcm, 0, 800, 8000, expected[event][1]);
            assertTrue(both > 0.95, TelephoneEvent.digit(event) + " " + both);
            assertEquals(AudioLevel.SILENCE, AudioLevel.dBov(pcm, 800, 800));
            assertFalse(generator.active());
        }
    }

    @Test
    void stoppedIsSilent() {
        var generator = new ToneGenerator(16_000);
        generator.start(Cadence.ETSI_BUSY);
        assertTrue(generator.active());
        generator.stop();
        assertEquals(AudioLevel.SILENCE, AudioLevel.dBov(fill(generator, 320), 0, 320));
    }

    @Test
    void burstsDoNotClick() {
        var generator = new ToneGenerator(8000);
        generator.start(Cadence.ETSI_RINGBACK);
        short[] pcm = fill(generator, 8100);
        int inside = 0;
        for (int i = 4000; i < 4100; i++) {
            inside = Math.max(inside, Math.abs(pcm[i] - pcm[i - 1]));
        }
        for (int i = 7900; i < 8100; i++) {
            assertTrue(Math.abs(pcm[i] - pcm[i - 1]) <= inside + 1);
        }
    }

    @Test
    void levelCountsFromOverload() {
        assertEquals(127, AudioLevel.dBov(new short[160], 0, 160));
        assertEquals(3, AudioLevel.dBov(Sound.tone(8000, 1000, 32_767, 800), 0, 800));
        assertEquals(23, AudioLevel.dBov(Sound.tone(8000, 1000, 3277, 800), 0, 800));
        short[] square = new short[160];
        Arrays.fill(square, Short.MIN_VALUE);
        assertEquals(0, AudioLevel.dBov(square, 0, 160));
        assertEquals(90, AudioLevel.dBov(new short[] {1, -1, 1, -1}, 0, 4));
    }

    @Test
    void nothingIsAllocated() {
        var generator = new ToneGenerator(8000);
        short[] pcm = new short[160];
        assertEquals(0, AllocatedBytes.of(5000, 500, () -> {
            if (!generator.active()) {
                generator.start(Cadence.UK_RINGBACK);
            }
            generator.fill(pcm, 0, 160);
            AudioLevel.dBov(pcm, 0, 160);
        }));
    }
}
