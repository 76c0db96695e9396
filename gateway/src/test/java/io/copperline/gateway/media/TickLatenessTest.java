package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TickLatenessTest {
    private static final long MILLI = 1_000_000;

    private final TickLateness lateness = new TickLateness(5 * MILLI);
    private long now = -50 * MILLI;

    private void ticks(int count, long everyNanos) {
        for (int i = 0; i < count; i++) {
            lateness.onTick(now);
            now += everyNanos;
        }
    }

    @Test
    void isNothingWhileTicksAreOnTime() {
        ticks(1000, 5 * MILLI);
        assertEquals(0, lateness.nanos(now));
    }

    @Test
    void doesNotCountForEverWhatItsStartTook() {
        lateness.begin(now);
        now += 45 * MILLI;
        ticks(1000, 5 * MILLI);
        assertEquals(0, lateness.nanos(now));
    }

    @Test
    void aThreadThatNeverTicksIsLate() {
        lateness.begin(now);
        assertEquals(1995 * MILLI, lateness.nanos(now + 2000 * MILLI));
    }

    @Test
    void growsWhileThereIsMoreToDoThanTheThreadCan() {
        ticks(100, 5 * MILLI);
        ticks(80, 6 * MILLI);
        assertTrue(lateness.nanos(now) < 20 * MILLI);
        ticks(1000, 6 * MILLI);
        assertTrue(lateness.nanos(now) > 20 * MILLI, lateness.nanos(now) + "");
    }

    @Test
    void forgetsAPauseThatWasCaughtUpWith() {
        ticks(100, 5 * MILLI);
        now += 900 * MILLI;
        for (int i = 0; i < 182; i++) {
            ticks(1, MILLI / 10);
            assertTrue(lateness.nanos(now) < 20 * MILLI, lateness.nanos(now) + "");
        }
        for (int i = 0; i < 1000; i++) {
            ticks(1, 5 * MILLI);
            assertTrue(lateness.nanos(now) < 20 * MILLI, lateness.nanos(now) + "");
        }
    }

    @Test
    void aThreadThatTicksNoMoreIsAsLateAsThat() {
        ticks(100, 5 * MILLI);
        assertEquals(0, lateness.nanos(now + 900 * MILLI));
        assertEquals(2000 * MILLI, lateness.nanos(now + 2000 * MILLI));
    }
}
