package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AudioCodecTest {
    @Test
    void namesAreComparedWithoutRegardToCase() {
        assertEquals(Optional.of(AudioCodec.OPUS), AudioCodec.of("OPUS", 48_000));
        assertEquals(Optional.of(AudioCodec.PCMU), AudioCodec.of("pcmu", 8_000));
    }

    @Test
    void anotherClockIsAnotherCodec() {
        assertEquals(Optional.empty(), AudioCodec.of("PCMU", 16_000));
    }
}
