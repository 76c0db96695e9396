package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComfortNoiseTest {
    private final ComfortNoise noise = new ComfortNoise();
    private final short[] pcm = new short[16_000];

    private int levelOf(int... payload) {
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        noise.describe(bytes, 0, bytes.length);
        noise.fill(pcm, 0, pcm.length);
        return AudioLevel.dBov(pcm, 0, pcm.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 30, 40, 50, 60, 70})
    void isAsLoudAsDescribed(int level) {
        assertEquals(level, levelOf(level), 1);
    }

    @ParameterizedTest
    @CsvSource({"45, 45", "70, 70", "127, 127", "200, 127", "-3, 0"})
    void writesTheLevelAlone(int level, int written) {
        byte[] out = {99, 99, 99};
        assertEquals(1, ComfortNoise.write(level, out, 1));
        assertArrayEquals(new byte[] {99, (byte) written, 99}, out);
    }

    @Test
    void readsTheLevelAlone() {
        assertEquals(50, levelOf(50 | 0x80, 17, 99, 3), 1);
    }

    @Test
    void isSilentWhereNothingIsSaidOrTheRoomIsSilent() {
        assertEquals(AudioLevel.SILENCE, levelOf());
        assertEquals(AudioLevel.SILENCE, levelOf(127));
        assertFalse(noise.active());
    }

    @Test
    void hasNoToneInIt() {
        levelOf(40);
        for (int hz = 100; hz < 4_000; hz += 100) {
            assertEquals(0, Sound.shareOf(pcm, 0, pcm.length, 8_000, hz), 0.01);
        }
    }
}
