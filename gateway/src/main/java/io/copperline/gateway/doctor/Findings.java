package io.copperline.gateway.doctor;

import io.copperline.gateway.doctor.Finding.Outcome;
import io.copperline.sip.TrunkFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Times each step, tells what it came to, and remembers whether any has failed. */
final class Findings {
    private final LongSupplier nowNanos;
    private final Consumer<Finding> told;
    private long began;
    private boolean healthy = true;

    Findings(LongSupplier nowNanos, Consumer<Finding> told) {
        this.nowNanos = nowNanos;
        this.told = told;
    }

    /** Whether no step has failed so far. */
    boolean healthy() {
        return healthy;
    }

    /** A step begins. */
    void begin() {
        began = nowNanos.getAsLong();
    }

    long nowNanos() {
        return nowNanos.getAsLong();
    }

    void pass(String step, String what) {
        tell(step, Outcome.PASS, what, "");
    }

    void skip(String step, String why) {
        begin();
        open(step, why);
    }

    /** What the step was to show could not be seen, which need not be anybody's fault. */
    void open(String step, String why) {
        tell(step, Outcome.SKIPPED, why, "");
    }

    void fail(String step, Optional<TrunkFailure> failure, String otherwise, String fix) {
        fail(
                step,
                failure.map(TrunkFailure::what).orElse(otherwise),
                failure.map(TrunkFailure::fix).orElse(fix));
    }

    void fail(String step, String what, String fix) {
        healthy = false;
        tell(step, Outcome.FAIL, what, fix);
    }

    private void tell(String step, Outcome outcome, String what, String fix) {
        long millis = Duration.ofNanos(nowNanos.getAsLong() - began).toMillis();
        told.accept(new Finding(step, outcome, what, fix, millis));
    }
}
