package io.copperline.gateway.it;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other threads and processes are about to do. */
final class Await {
    /** Long enough for a machine that is busy with other things, for what has no time of its own to keep. */
    static final Duration USUAL = Duration.ofSeconds(20);

    private static final long STEP_NANOS = 20_000_000;

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        until(what, USUAL, condition);
    }

    static void until(String what, Duration longest, BooleanSupplier condition) {
        value(what, longest, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** The first value that comes. */
    static <T> T value(String what, Duration longest, Supplier<Optional<T>> source) {
        long deadlineNanos = System.nanoTime() + longest.toNanos();
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new AssertionError("not within " + longest.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
