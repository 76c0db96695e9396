package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What was heard, by its content. */
final class Sounds {
    /** So long it is listened for what has to be heard. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Sounds() {}

    /**
     * Listens until this sentence is heard: a busy machine leaves gaps in one stretch of sound or another. No other sentence may
     * be heard in any of them.
     *
     * @param ear gives a stretch of what is heard from now on, at 8 kHz
     */
    static void awaitHeard(Speech played, Supplier<short[]> ear) {
        awaitHeard(played.pcm(), () -> {
            short[] heard = ear.get();
            assertNoOther(played, heard);
            return heard;
        });
    }

    /** The same, whatever else is heard meanwhile. */
    static void awaitHeard(short[] played, Supplier<short[]> ear) {
        await(heard -> Correlation.of(played, heard), Correlation.SAME, ear);
    }

    /** Listens until a stretch of it is this steady tone, and hardly anything else. */
    static void awaitTone(int hz, Supplier<short[]> ear) {
        await(heard -> Tone.share(hz, heard), Tone.MOST, ear);
    }

    private static void await(ToDoubleFunction<short[]> likeness, double enough, Supplier<short[]> ear) {
        long deadlineNanos = System.nanoTime() + LONGEST.toNanos();
        List<Double> scores = new ArrayList<>();
        while (true) {
            short[] heard = ear.get();
            double score = likeness.applyAsDouble(heard);
            if (score > enough) {
                return;
            }
            scores.add(score);
            if (System.nanoTime() - deadlineNanos > 0) {
                throw notHeard(heard, scores.toString());
            }
        }
    }

    /** This sentence was heard in what is there once and for all. */
    static void assertHeard(short[] played, short[] heard) {
        double score = Correlation.of(played, heard);
        if (score <= Correlation.SAME) {
            throw notHeard(heard, "" + score);
        }
    }

    private static void assertNoOther(Speech played, short[] heard) {
        for (Speech other : Speech.values()) {
            if (other != played) {
                double wrong = Correlation.of(other.pcm(), heard);
                assertTrue(wrong < Correlation.OTHER, () -> other + " was heard, too: " + wrong);
            }
        }
    }

    private static AssertionError notHeard(short[] heard, String scores) {
        Path kept = Path.of("target", "it", "heard-" + System.nanoTime() + ".pcm");
        keep(heard, kept);
        return new AssertionError(
                "what was played was not heard: " + scores + "; what was heard is in " + kept + ", 16 bits, 8 kHz");
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
