package io.copperline.gateway.call;

import io.copperline.sip.Readiness;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the machine can bear another call. It cannot while the media threads run behind their ticks, which callers do not
 * hear yet, or all lines are taken; it can again once the threads have caught up by half. Used from any thread.
 */
final class Overload {
    private final long mostNanos;
    private final LongSupplier latenessNanos;
    private final BooleanSupplier full;
    private volatile boolean late;

    /** @param most how late ticks may be before new calls are refused */
    Overload(Duration most, LongSupplier latenessNanos, BooleanSupplier full) {
        mostNanos = most.toNanos();
        this.latenessNanos = latenessNanos;
        this.full = full;
    }

    boolean isBusy() {
        long nanos = latenessNanos.getAsLong();
        late = nanos > (late ? mostNanos / 2 : mostNanos);
        return late || full.getAsBoolean();
    }

    Readiness readiness() {
        return isBusy() ? Readiness.BUSY : Readiness.OPEN;
    }
}
