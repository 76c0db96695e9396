package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

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
        System.out.printf("heard what was played: %.2f%n", score);
        assertTrue(score > Correlation.SAME, () -> "what was played was not heard: " + score);
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
