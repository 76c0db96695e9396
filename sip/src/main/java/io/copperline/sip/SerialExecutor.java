package io.copperline.sip;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other on virtual threads, so that they may block and still keep their order. */
public final class SerialExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            Thread.startVirtualThread(this::drain);
        }
    }

    /** Whether nothing runs or waits. */
    public boolean isIdle() {
        return waiting.get() == 0;
    }

    private void drain() {
        do {
            try {
                tasks.remove().run();
            } catch (RuntimeException | Error e) { // whatever it is, those behind it must not wait for ever
                LOG.error("A SIP errand failed", e);
            }
        } while (waiting.decrementAndGet() != 0);
    }
}
