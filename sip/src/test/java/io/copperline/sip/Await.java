package io.copperline.sip;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads are about to do. */
final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final long STEP_NANOS = 5_000_000;

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("not within " + LONGEST.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
