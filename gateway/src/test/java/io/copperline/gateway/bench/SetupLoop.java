package io.copperline.gateway.bench;

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
    private final BenchOptions options;
    private final Distribution millis = new Distribution();
    private final AtomicLong failed = new AtomicLong();

    SetupLoop(CallPlacer placer, BenchOptions options) {
        this.placer = placer;
        this.options = options;
    }

    Figures.Setups run() throws InterruptedException {
        if (options.setupSeconds == 0) {
            return new Figures.Setups(0, 0, 0, 0, 0);
        }
        System.err.println("bench: setting calls up for " + options.setupSeconds + " s");
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(options.setupSeconds);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int w = 0; w < options.setupsAtOnce; w++) {
                int firstIndex = FIRST_INDEX + w * INDICES_PER_WORKER;
                workers.execute(() -> work(firstIndex, end));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        int calls = millis.count();
        return new Figures.Setups(calls, failed.get(), calls / seconds, millis.median(), millis.p99());
    }

    private void work(int firstIndex, long end) {
        for (int i = 0; System.nanoTime() < end; i = (i + 1) % INDICES_PER_WORKER) {
            BenchCall call = new BenchCall(firstIndex + i, 0);
            long begin = System.nanoTime();
            try {
                placer.place(call, false).get(UP_SECONDS, TimeUnit.SECONDS);
                double took = (System.nanoTime() - begin) / 1e6;
                synchronized (millis) {
                    millis.add(took);
                }
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
