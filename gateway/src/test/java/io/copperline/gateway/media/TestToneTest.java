package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.audio.Cadence;
import io.copperline.codecs.audio.ToneGenerator;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestToneTest {
    private static final int TICK_SAMPLES = 160;
    private static final long TICK_NANOS = 20_000_000;

    private final TestTone tone = new TestTone(8_000);
    private final short[] said = new short[TICK_SAMPLES];

    @Test
    void isFoundAfterTheTimeItTook() {
        tone.begin(0);
        short[][] line = new short[10][];
        for (int tick = 0; tick < line.length; tick++) {
            tone.hear(tick < 5 ? new short[TICK_SAMPLES] : line[tick - 5], TICK_SAMPLES, tick * TICK_NANOS);
            tone.say(said, TICK_SAMPLES);
            line[tick] = said.clone();
        }
        assertEquals(100, tone.backAfterMillis());
    }

    @Test
    void otherSoundsAreNotTakenForIt() {
        tone.begin(0);
        Random random = new Random(1);
        ToneGenerator key = new ToneGenerator(8_000);
        key.start(5, 1_000);
        for (int tick = 0; tick < 50; tick++) {
            for (int i = 0; i < TICK_SAMPLES; i++) {
                said[i] = (short) random.nextInt(-8_000, 8_000);
            }
            tone.hear(said, TICK_SAMPLES, tick * TICK_NANOS);
            key.fill(said, 0, TICK_SAMPLES);
            tone.hear(said, TICK_SAMPLES, tick * TICK_NANOS);
        }
        assertEquals(-1, tone.backAfterMillis());
    }

    @Test
    void nothingIsFoundBeforeItWasSaid() {
        ToneGenerator other = new ToneGenerator(8_000);
        other.start(Cadence.TEST_TONE);
        other.fill(said, 0, TICK_SAMPLES);
        tone.hear(said, TICK_SAMPLES, 0);
        assertEquals(-1, tone.backAfterMillis());
    }
}
