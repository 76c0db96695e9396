package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How tests listen: on and on for what has to be heard, and not once past what must not be. */
class SoundsTest {
    private static final int TWO_SECONDS = 16_000;

    private static Deque<short[]> stretches(short[]... stretches) {
        return new ArrayDeque<>(List.of(stretches));
    }

    private static short[] said(Speech speech) {
        return Arrays.copyOf(speech.pcm(), TWO_SECONDS);
    }

    @Test
    void listensOnWhereAStretchIsFullOfGaps() {
        Deque<short[]> stretches = stretches(new short[TWO_SECONDS], said(Speech.REPLY), said(Speech.REPLY));
        Sounds.awaitHeard(Speech.REPLY, stretches::remove);
        assertEquals(1, stretches.size());
    }

    @Test
    void doesNotListenPastAnotherSentence() {
        Deque<short[]> stretches = stretches(said(Speech.MICROPHONE), said(Speech.REPLY));
        assertThrows(AssertionError.class, () -> Sounds.awaitHeard(Speech.REPLY, stretches::remove));
        assertEquals(1, stretches.size());
    }

    @Test
    void listensPastAnotherSentenceWhereItMay() {
        Deque<short[]> stretches = stretches(said(Speech.MICROPHONE), said(Speech.REPLY));
        Sounds.awaitHeard(Speech.REPLY.pcm(), stretches::remove);
        assertEquals(0, stretches.size());
    }
}
