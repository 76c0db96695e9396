package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioLevel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscontinuousTransmissionTest {
    private static final int ROOM = 58;
    private static final int VOICE = 20;

    private final DiscontinuousTransmission sending = new DiscontinuousTransmission();

    private void sound(int frames, int level) {
        for (int i = 0; i < frames; i++) {
            sending.hear(false, level);
        }
    }

    private void nothing(int frames, int level) {
        for (int i = 0; i < frames; i++) {
            sending.hear(true, level);
        }
    }

    @Test
    void aPauseBeginsAfter200Millis() {
        sound(50, VOICE);
        nothing(9, AudioLevel.SILENCE);
        assertFalse(sending.paused());
        nothing(1, AudioLevel.SILENCE);
        assertTrue(sending.paused());
    }

    @Test
    void aShortOneIsSent() {
        sound(50, VOICE);
        nothing(9, AudioLevel.SILENCE);
        sound(1, VOICE);
        nothing(9, AudioLevel.SILENCE);
        assertFalse(sending.paused());
    }

    @Test
    void aRoomThatIsHeardIsNoPause() {
        sound(500, ROOM);
        assertFalse(sending.paused());
    }

    @Test
    void aLawsIdleIsSilence() {
        sound(10, 72);
        assertTrue(sending.paused());
        assertEquals(AudioLevel.SILENCE, sending.describe());
    }

    @Test
    void silenceIsDescribedAsTheRoomBehindTheVoice() {
        sound(20, VOICE);
        sound(5, ROOM);
        sound(20, VOICE);
        sound(10, AudioLevel.SILENCE);
        assertEquals(ROOM, sending.describe());
    }

    @Test
    void noiseIsDescribedAsItIs() {
        sound(5, ROOM);
        nothing(10, 64);
        assertEquals(64, sending.describe());
        nothing(1, 40);
        assertEquals(40, sending.describe());
    }

    @Test
    void noRoomIsAsLoudAsMusic() {
        sound(100, VOICE);
        nothing(10, AudioLevel.SILENCE);
        assertEquals(45, sending.describe());
    }

    @Test
    void theFirstFrameOfSpeechEndsIt() {
        nothing(10, ROOM);
        sending.describe();
        sound(1, ROOM - 4);
        assertFalse(sending.paused());
    }

    @Test
    void whoRenewsItsOwnNoiseIsStillSilentAndWhoGoesOnIsNot() {
        nothing(10, ROOM);
        sending.describe();
        for (int i = 0; i < 5; i++) {
            sound(1, ROOM - 2);
            nothing(19, ROOM);
            assertTrue(sending.paused());
        }
        sound(2, ROOM);
        assertTrue(sending.paused());
        sound(1, ROOM);
        assertFalse(sending.paused());
    }

    @Test
    void whatInterruptsItIsFollowedBySoundForAWhile() {
        nothing(10, ROOM);
        sending.interrupt();
        nothing(9, ROOM);
        assertFalse(sending.paused());
        nothing(1, ROOM);
        assertTrue(sending.paused());
    }

    @ParameterizedTest
    @CsvSource({"10, 20", "20, 10", "30, 6", "40, 5", "50, 4", "60, 3"})
    void isDescribedAtOnceAndThenEvery200MillisAtMost(int packetMillis, int every) {
        for (int pause = 0; pause < 2; pause++) {
            List<Integer> due = new ArrayList<>();
            for (int i = 0; i <= 2 * every; i++) {
                if (sending.due(packetMillis)) {
                    due.add(i);
                }
            }
            assertEquals(List.of(0, every, 2 * every), due);
            sending.interrupt();
        }
    }
}
