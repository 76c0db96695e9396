package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BurstGapTest {
    private final BurstGap burstGap = new BurstGap();

    /** {@code .} is heard, {@code x} is not. */
    private void hear(String frames) {
        frames.chars().forEach(frame -> {
            if (frame == 'x') {
                burstGap.lost();
            } else {
                burstGap.heard();
            }
        });
    }

    private static void assertNear(long expected, long measured, long most) {
        assertTrue(Math.abs(measured - expected) <= most, () -> measured + " is not near " + expected);
    }

    @Test
    void withoutLossAllIsOneGap() {
        hear(".".repeat(100));
        assertEquals(0, burstGap.burstDensity());
        assertEquals(0, burstGap.burstFrames());
        assertEquals(0, burstGap.gapDensity());
        assertEquals(100, burstGap.gapFrames());
    }

    /** RFC 3611 section 4.7.2: a loss with 16 frames or more on either side belongs to the gap. */
    @Test
    void lossesFarApartAreNoBurst() {
        hear((".".repeat(31) + "x").repeat(20));
        assertEquals(1, burstGap.burstFrames(), "the first, before which nothing was known");
        assertNear(256 / 32, burstGap.gapDensity(), 1);
    }

    @Test
    void lossesCloseTogetherAreOne() {
        hear((".".repeat(80) + "xx.x").repeat(10));
        // Between two bursts 80 are heard; of the four frames of a burst three are lost.
        assertNear(80, burstGap.gapFrames(), 2);
        assertNear(4, burstGap.burstFrames(), 1);
        assertNear(192, burstGap.burstDensity(), 40);
        assertEquals(0, burstGap.gapDensity());
    }

    @Test
    void whereNothingIsHeardAllIsBurst() {
        hear(".".repeat(20) + "x".repeat(500));
        assertEquals(255, burstGap.burstDensity());
        assertNear(499, burstGap.burstFrames(), 2);
        assertNear(20, burstGap.gapFrames(), 1);
    }
}
