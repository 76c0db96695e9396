package io.copperline.gateway.bench;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sets calls up and ends them, a bounded number at a time: from the POST until DTLS is done at the browser and the carrier's 200 is
 * acknowledged, then DELETE.
 */
final class SetupLoop {
    private static final int UP_SECONDS = 20;
    private static final int FIRST_INDEX = 3_000;
    private static final int INDICES_PER_WORKER = 100;

    private final CallPlacer placer;
    private final GatewayMeter meter;
    private final BenchOptions options;
    private Distribution millis = new Distribution();
    private final AtomicLong failed = new AtomicLong();

    SetupLoop(CallPlacer placer, GatewayMeter meter, BenchOptions options) {
        this.placer = placer;
        this.meter = meter;
        this.options = options;
    }

    /** Measures for so long, after half as long to warm up. */
    Figures.Setups run() throws IOException, InterruptedException {
        if (options.setupSeconds == 0) {
            return new Figures.Setups(0, 0, 0, 0, 0, 0);
        }
        System.err.println("bench: setting calls up for " + options.setupSeconds + " s");
        loop(Math.max(1, options.setupSeconds / 2));
        millis = new Distribution();
        failed.set(0);
        double cpuBefore = meter.cpuMillis();
        double seconds = loop(options.setupSeconds);
        int calls = millis.count();
        double cpu = meter.cpuMillis() - cpuBefore;
        return new Figures.Setups(
                calls, failed.get(), calls / seconds, cpu / Math.max(1, calls), millis.median(), millis.p99());
    }

    private double loop(int wantedSeconds) {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(wantedSeconds);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < options.setupsAtOnce; w++) {
                int firstIndex = FIRST_INDEX + w * INDICES_PER_WORKER;
                workers.execute(() -> work(firstIndex, end));
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private synchronized void took(double tookMillis) {
        millis.add(tookMillis);
    }

    private void work(int firstIndex, long end) {
        for (int i = 0; System.nanoTime() < end; i = (i + 1) % INDICES_PER_WORKER) {
            BenchCall call = new BenchCall(firstIndex + i, 0);
            long begin = System.nanoTime();
            try {
                placer.place(call, false).get(UP_SECONDS, TimeUnit.SECONDS);
                double took = (System.nanoTime() - begin) / 1e6;
                took(took);
                TimeUnit.MILLISECONDS.sleep(options.setupHoldMillis);
            } catch (ExecutionException | TimeoutException e) {
                failed.incrementAndGet();
                System.err.println("bench: " + e);
            } catch (InterruptedException e) {
                return;
            }
            placer.hangUp(call).join();
        }
    }
}
