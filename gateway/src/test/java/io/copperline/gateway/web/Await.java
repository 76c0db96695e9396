package io.copperline.gateway.web;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do; the real sockets of these tests leave no other way. */
final class Await {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private Await() {}

    static void that(BooleanSupplier condition) {
        long deadlineNanos = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("it did not happen within " + LONGEST);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }
}
