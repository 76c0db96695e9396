package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.Readiness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverloadTest {
    private long latenessMillis;
    private boolean full;
    private final Overload overload = new Overload(Duration.ofMillis(20), () -> latenessMillis * 1_000_000, () -> full);

    @Test
    void refusesWhileTheThreadsAreBehindAndUntilTheyHaveCaughtUp() {
        assertEquals(Readiness.OPEN, overload.readiness());
        latenessMillis = 20;
        assertFalse(overload.isBusy());
        latenessMillis = 21;
        assertEquals(Readiness.BUSY, overload.readiness());
        latenessMillis = 15;
        assertTrue(overload.isBusy(), "still");
        latenessMillis = 9;
        assertFalse(overload.isBusy());
        latenessMillis = 15;
        assertFalse(overload.isBusy());
    }

    @Test
    void refusesWhileAllLinesAreTaken() {
        full = true;
        assertTrue(overload.isBusy());
        full = false;
        assertFalse(overload.isBusy());
    }
}
