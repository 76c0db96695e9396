package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NoiseFloorTest {
    private final NoiseFloor floor = new NoiseFloor();

    private void hear(int frames, int level) {
        for (int i = 0; i < frames; i++) {
            floor.hear(level);
        }
    }

    @Test
    void isSilenceWhereNothingWasHeard() {
        assertEquals(AudioLevel.SILENCE, floor.level());
    }

    @Test
    void isWhatIsHeardBetweenTheWords() {
        for (int i = 0; i < 10; i++) {
            hear(40, 20);
            hear(5, 58);
        }
        assertEquals(58, floor.level());
    }

    @Test
    void followsTheRoomWithinTwoWindows() {
        hear(100, 70);
        hear(49, 50);
        assertEquals(70, floor.level());
        hear(76, 50);
        assertEquals(50, floor.level());
    }
}
