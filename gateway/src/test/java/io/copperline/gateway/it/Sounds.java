package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What was heard, by its content. */
final class Sounds {
    private Sounds() {}

    /** This sentence was heard, and no other. */
    static void assertHeard(Speech played, short[] heard) {
        assertHeard(played.pcm(), heard);
        for (Speech other : Speech.values()) {
            if (other != played) {
                double wrong = Correlation.of(other.pcm(), heard);
                assertTrue(wrong < Correlation.OTHER, () -> other + " was heard, too: " + wrong);
            }
        }
    }

    static void assertHeard(short[] played, short[] heard) {
        double score = Correlation.of(played, heard);
        if (score <= Correlation.SAME) {
            Path kept = Path.of("target", "it", "heard-" + System.nanoTime() + ".pcm");
            keep(heard, kept);
            throw new AssertionError(
                    "what was played was not heard: " + score + "; what was heard is in " + kept + ", 16 bits, 8 kHz");
        }
    }

    private static void keep(short[] pcm, Path file) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(pcm);
        try {
            Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The largest sample. */
    static int loudest(short[] pcm) {
        int loudest = 0;
        for (short sample : pcm) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        return loudest;
    }
}
