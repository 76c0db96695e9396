package io.copperline.gateway.cli;

import io.copperline.gateway.carrier.CallOrder;
import io.copperline.gateway.carrier.CallOutcome;
import io.copperline.gateway.carrier.Expectation;
import io.copperline.gateway.carrier.ScriptedCarrier;
import io.copperline.gateway.carrier.Violation;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One run of a carrier: prints what it finds, makes its calls one after the other, and counts what is still to come. */
final class CarrierRun implements ScriptedCarrier.Listener {
    private final PrintWriter out;
    private final boolean json;
    private final List<CallOrder> orders;
    private final Expectation expectation;
    private final CountDownLatch answered;
    private final CountDownLatch made;
    private final AtomicInteger failed = new AtomicInteger();

    /** @param calls how many must come in; with 0, and nothing to call, it goes on until it is stopped */
    CarrierRun(PrintWriter out, boolean json, int calls, List<CallOrder> orders, Expectation expectation) {
        this.out = out;
        this.json = json;
        this.orders = orders;
        this.expectation = expectation;
        answered = new CountDownLatch(calls == 0 && orders.isEmpty() ? Integer.MAX_VALUE : calls);
        made = new CountDownLatch(orders.size());
    }

    /** Begins with the first call. */
    void call(ScriptedCarrier carrier, Optional<InetSocketAddress> gateway) {
        call(carrier, gateway, 0);
    }

    private void call(ScriptedCarrier carrier, Optional<InetSocketAddress> gateway, int next) {
        if (next < orders.size()) {
            carrier.call(orders.get(next), gateway, outcome -> {
                outcome(outcome);
                call(carrier, gateway, next + 1);
            });
        }
    }

    private void outcome(CallOutcome outcome) {
        List<String> missing = expectation.missing(outcome);
        if (!missing.isEmpty()) {
            failed.incrementAndGet();
        }
        if (json) {
            out.println(outcome.json(missing));
        } else {
            out.println(outcome);
            missing.forEach(what -> out.println("not as asked: " + what));
        }
        out.flush();
        made.countDown();
    }

    /** @param seconds how long at most; 0: until all is done */
    void await(long seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (CountDownLatch latch : List.of(made, answered)) {
            if (seconds == 0) {
                latch.await();
            } else {
                latch.await(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }
    }

    /** How many of its calls have ended. */
    int made() {
        return orders.size() - (int) made.getCount();
    }

    /** How many of its calls were not as asked, or have not ended. */
    int failed() {
        return failed.get() + (int) made.getCount();
    }

    @Override
    public void violation(Violation violation) {
        out.println(json ? violation.json() : "violation " + violation);
        out.flush();
    }

    @Override
    public void callEnded() {
        answered.countDown();
    }
}
