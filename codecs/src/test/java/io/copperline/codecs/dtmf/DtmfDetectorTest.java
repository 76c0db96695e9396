package io.copperline.codecs.dtmf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.AllocatedBytes;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.Sound;
import io.copperline.codecs.audio.ToneGenerator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DtmfDetectorTest {
    private static final int[] LOW_HZ = {697, 770, 852, 941};
    private static final int[] HIGH_HZ = {1209, 1336, 1477, 1633};
    private static final String KEYS = "123A456B789C*0#D";

    /** One press in sound: levels in dBm0, deviations as factors. */
    private record Press(char digit, double millis, double lowDbm0, double highDbm0, double lowOff, double highOff) {
        static Press of(char digit, double millis) {
            return new Press(digit, millis, -9, -7, 1, 1);
        }
    }

    private Presses heard = new Presses();
    private final Random random = new Random(7);

    private static double peak(double dbm0) {
        return Short.MAX_VALUE * Math.pow(10, (dbm0 - 3.14) / 20);
    }

    /** A pause before and after the press, the first one of a random length so that blocks begin anywhere. */
    private short[] sound(int rateHz, Press press, double noiseDbm0) {
        int before = rateHz * 60 / 1_000 + random.nextInt(rateHz / 50);
        int tone = (int) Math.round(rateHz * press.millis / 1_000);
        short[] pcm = new short[before + tone + rateHz * 60 / 1_000];
        int key = KEYS.indexOf(press.digit);
        double low = 2 * Math.PI * LOW_HZ[key / 4] * press.lowOff / rateHz;
        double high = 2 * Math.PI * HIGH_HZ[key % 4] * press.highOff / rateHz;
        double start = random.nextDouble() * 6;
        for (int i = 0; i < pcm.length; i++) {
            double sample = random.nextGaussian() * peak(noiseDbm0) / Math.sqrt(2);
            if (i >= before && i < before + tone) {
                sample += peak(press.lowDbm0) * Math.sin(low * i + start)
                        + peak(press.highDbm0) * Math.sin(high * i + 2 * start);
            }
            pcm[i] = (short) Math.clamp(Math.round(sample), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return pcm;
    }

    private String digitsOf(int rateHz, short[] pcm) {
        heard = new Presses();
        var detector = new DtmfDetector(rateHz);
        int step = rateHz / 50;
        for (int at = 0; at < pcm.length; at += step) {
            detector.onSamples(pcm, at, Math.min(step, pcm.length - at), 0, heard);
        }
        detector.reset(heard);
        return heard.digits.toString();
    }

    private void assertAlways(int rateHz, Press press, double noiseDbm0, String expected) {
        for (int i = 0; i < 40; i++) {
            assertEquals(expected, digitsOf(rateHz, sound(rateHz, press, noiseDbm0)), press + " try " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void hearsEveryDigitOfFortyMilliseconds(int rateHz) {
        for (int key = 0; key < KEYS.length(); key++) {
            char digit = KEYS.charAt(key);
            assertAlways(rateHz, Press.of(digit, 40), -60, "" + digit);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000})
    void tellsHowLongAPressWas(int rateHz) {
        digitsOf(rateHz, sound(rateHz, Press.of('5', 500), -60));
        assertEquals(500, heard.lengthsMillis.getFirst(), 26);
    }

    @ParameterizedTest
    @CsvSource({"-3, -3", "-26, -26", "-29, -29", "-9, -13", "-12, -20", "-13, -9"})
    void hearsLevelsAndTwistOfRealLines(double lowDbm0, double highDbm0) {
        for (int key = 0; key < KEYS.length(); key++) {
            char digit = KEYS.charAt(key);
            assertAlways(8_000, new Press(digit, 45, lowDbm0, highDbm0, 1, 1), -60, "" + digit);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.015, 1.015", "0.985, 0.985", "1.015, 0.985", "0.985, 1.015"})
    void hearsFrequenciesThatAreALittleOff(double low, double high) {
        for (int key = 0; key < KEYS.length(); key++) {
            char digit = KEYS.charAt(key);
            assertAlways(8_000, new Press(digit, 45, -9, -7, low, high), -60, "" + digit);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.035, 1", "0.965, 1", "1, 1.035", "1, 0.965", "1.04, 1.04", "0.95, 0.95"})
    void ignoresFrequenciesThatAreFarOff(double low, double high) {
        for (int key = 0; key < KEYS.length(); key++) {
            char digit = KEYS.charAt(key);
            assertAlways(8_000, new Press(digit, 80, -9, -7, low, high), -60, "");
        }
    }

    @Test
    void hearsThroughNoise() {
        for (int key = 0; key < KEYS.length(); key++) {
            char digit = KEYS.charAt(key);
            assertAlways(8_000, Press.of(digit, 50), -24, "" + digit);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {5, 10, 15})
    void ignoresClicks(double millis) {
        assertAlways(8_000, Press.of('8', millis), -60, "");
    }

    @Test
    void ignoresOneToneAlone() {
        assertAlways(8_000, new Press('5', 100, -9, -60, 1, 1), -70, "");
        assertAlways(8_000, new Press('5', 100, -60, -9, 1, 1), -70, "");
        assertAlways(8_000, new Press('5', 100, -5, -20, 1, 1), -70, "");
    }

    @Test
    void aShortBreakIsNoSecondPress() {
        short[] pcm = sound(8_000, Press.of('7', 200), -60);
        for (int i = 1_200; i < 1_280; i++) {
            pcm[i] = 0;
        }
        assertEquals("7", digitsOf(8_000, pcm));
    }

    @Test
    void hearsWhatOurOwnGeneratorSaysThroughG711() {
        var generator = new ToneGenerator(8_000);
        short[] pcm = new short[8_000 * 16 / 10];
        for (int event = 0; event < 16; event++) {
            generator.start(event, 60);
            generator.fill(pcm, event * 800, 800);
        }
        byte[] law = new byte[pcm.length];
        G711.encodeMu(pcm, 0, pcm.length, law, 0);
        G711.decodeMu(law, 0, law.length, pcm, 0);
        assertEquals("0123456789*#ABCD", digitsOf(8_000, pcm));
    }

    @Test
    void ringingAndVoicesAreNoDigits() {
        assertEquals("", digitsOf(8_000, Sound.voice(8_000, 8_000 * 60)));
        assertEquals("", digitsOf(16_000, Sound.voice(16_000, 16_000 * 30)));
        short[] noise = sound(8_000, new Press('1', 20_000, -90, -90, 1, 1), -15);
        assertEquals("", digitsOf(8_000, noise));
    }

    @Test
    void pressesFollowEachOtherAfterFortyMilliseconds() {
        var generator = new ToneGenerator(8_000);
        short[] pcm = new short[8_000 * 4];
        for (int i = 0; i < 40; i++) {
            generator.start(5, 40);
            generator.fill(pcm, i * 643, 643);
        }
        assertEquals("5".repeat(40), digitsOf(8_000, pcm));
    }

    @Test
    void allocatesNothing() {
        short[] pcm = sound(8_000, Press.of('5', 300), -40);
        var detector = new DtmfDetector(8_000);
        TelephoneEventReader.Sink deaf = new TelephoneEventReader.Sink() {
            @Override
            public void started(int event, long nowNanos) {}

            @Override
            public void ended(int event, int durationMillis) {}
        };
        long bytes = AllocatedBytes.of(500, 500, () -> detector.onSamples(pcm, 0, pcm.length, 0, deaf));
        assertTrue(bytes < 500, () -> bytes + " bytes");
    }
}
