package io.copperline.gateway.bench;

import java.util.Optional;

/** Whole calls through a gateway that has one processor: set up, sound both ways for a moment, ended. */
public final class OneCoreCalls {
    private static final int HOLD_MILLIS = 200;
    private static final int AT_ONCE = 8;

    /** @param cpuMillisPerCall processor time of the gateway, the moment of sound included */
    public record Figure(long calls, long failed, double perSecond, double cpuMillisPerCall) {}

    private OneCoreCalls() {}

    /** Measures for so long, after half as long to warm up. */
    public static Figure measure(int processor, int seconds) throws Exception {
        BenchOptions options = new BenchOptions();
        options.gatewayProcessor = Optional.of(processor);
        options.shards = 1;
        options.setupSeconds = seconds;
        options.setupHoldMillis = HOLD_MILLIS;
        options.setupsAtOnce = AT_ONCE;
        Figures.Setups setups = Bench.setups(options);
        return new Figure(setups.calls(), setups.failed(), setups.perSecond(), setups.cpuMillisPerCall());
    }
}
