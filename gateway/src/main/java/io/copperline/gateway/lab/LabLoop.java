package io.copperline.gateway.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lab's one thread: owns all its calls, their timers, their sockets, and the 20 ms grid on which audio goes out. Only
 * {@link #execute} and {@link #close} may be called from elsewhere.
 */
final class LabLoop implements Executor, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LabLoop.class);
    private static final long TICK_NANOS = 20_000_000;
    private static final long MILLI_NANOS = 1_000_000;
    /** What is sent late after a stall; what is older is not sent at all. */
    private static final int MOST_TICKS_LATE = 10;

    private static final int TASKS_AT_ONCE = 1_000;
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    /** Something that will happen unless it is stopped. */
    interface Timer {
        void stop();
    }

    private record Due(long atNanos, Runnable task) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.signum(atNanos - other.atNanos);
        }
    }

    private final LongSupplier nowNanos;
    private final Selector selector;
    private final Thread thread;
    // Not bounded by itself: what comes in is of legs, and their number is bounded.
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Due> timers = new PriorityQueue<>();
    private final List<LongConsumer> ticked = new CopyOnWriteArrayList<>();
    private long nextTickNanos;
    private volatile boolean closed;

    private LabLoop(LongSupplier nowNanos) throws IOException {
        this.nowNanos = nowNanos;
        this.selector = Selector.open();
        this.thread = Thread.ofPlatform().daemon().name("lab").unstarted(this::run);
    }

    static LabLoop start(LongSupplier nowNanos) {
        try {
            LabLoop loop = new LabLoop(nowNanos);
            loop.thread.start();
            return loop;
        } catch (IOException e) {
            throw new UncheckedIOException("The lab has no selector", e);
        }
    }

    @Override
    public void execute(Runnable task) {
        if (closed) {
            throw new RejectedExecutionException("the lab is closed");
        }
        tasks.add(task);
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    long nowNanos() {
        return nowNanos.getAsLong();
    }

    Timer after(Duration delay, Runnable task) {
        Due due = new Due(nowNanos() + delay.toNanos(), task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    /** Calls this with the time, every 20 ms, until the timer is stopped. */
    Timer eachTick(LongConsumer onTick) {
        if (ticked.isEmpty()) {
            nextTickNanos = nowNanos();
        }
        ticked.add(onTick);
        return () -> ticked.remove(onTick);
    }

    /** Calls this with the time whenever there is something to read, until the channel is closed. */
    void onReadable(DatagramChannel channel, LongConsumer reader) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, reader);
    }

    /** Stops the thread and closes every channel it still has. */
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            guarded(this::turn);
        }
        guarded(this::release);
    }

    private void turn() {
        select();
        long now = nowNanos();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.isValid()) {
                guarded(() -> ((LongConsumer) key.attachment()).accept(now));
            }
        }
        selector.selectedKeys().clear();
        runTasks();
        runTimers(now);
        tick(now);
    }

    private void select() {
        try {
            long waitNanos = waitNanos();
            if (waitNanos <= 0) {
                selector.selectNow();
            } else if (waitNanos == Long.MAX_VALUE) {
                selector.select();
            } else {
                selector.select((waitNanos + MILLI_NANOS - 1) / MILLI_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long waitNanos() {
        if (!tasks.isEmpty() || closed) {
            return 0;
        }
        long now = nowNanos();
        long wait = Long.MAX_VALUE;
        if (!ticked.isEmpty()) {
            wait = nextTickNanos - now;
        }
        if (!timers.isEmpty()) {
            wait = Math.min(wait, timers.peek().atNanos() - now);
        }
        return wait;
    }

    private void runTasks() {
        for (int i = 0; i < TASKS_AT_ONCE; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            guarded(task);
        }
    }

    private void runTimers(long now) {
        while (!timers.isEmpty() && timers.peek().atNanos() - now <= 0) {
            guarded(timers.poll().task());
        }
    }

    private void tick(long now) {
        if (now - nextTickNanos > MOST_TICKS_LATE * TICK_NANOS) {
            nextTickNanos = now;
        }
        while (!ticked.isEmpty() && now - nextTickNanos >= 0) {
            for (LongConsumer one : ticked) {
                guarded(() -> one.accept(now));
            }
            nextTickNanos += TICK_NANOS;
        }
    }

    private void release() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Calls catch their own defects; whatever else fails must not stop the others.
    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("The lab failed at something", e);
        }
    }
}
