package io.copperline.gateway.media;

import java.util.concurrent.TimeUnit;

/**
 * How far a shard is behind with its ticks: the measure of whether there is more to do than its thread can. A pause that is
 * caught up with says nothing: what counts is smoothed over a third of a second, and the least of the last two to four seconds. Written by
 * the shard, read by anyone.
 */
final class TickLateness {
    private static final int SMOOTHING = 64;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long periodNanos;
    private boolean running;
    private long smoothedNanos;
    private long leastNanos;
    private long leastBeforeNanos;
    private long windowNanos;
    private volatile long dueNanos;
    private volatile long publishedNanos;

    TickLateness(long periodNanos) {
        this.periodNanos = periodNanos;
    }

    /** Ticks are to come from now on. What passes until the clock of the ticks runs makes none of them late: the first says when they are due. */
    void begin(long nowNanos) {
        dueNanos = nowNanos + periodNanos;
    }

    /** Ticks come at a fixed rate: those that were held up follow each other without a pause. */
    void onTick(long nowNanos) {
        long due = dueNanos;
        if (!running || nowNanos - due < 0) {
            windowNanos = running ? windowNanos : nowNanos;
            running = true;
            due = nowNanos;
        }
        smoothedNanos += (nowNanos - due - smoothedNanos) / SMOOTHING;
        leastNanos = Math.min(leastNanos, smoothedNanos);
        if (nowNanos - windowNanos >= WINDOW_NANOS) {
            windowNanos = nowNanos;
            leastBeforeNanos = leastNanos;
            leastNanos = smoothedNanos;
        }
        publishedNanos = Math.min(leastBeforeNanos, leastNanos);
        dueNanos = due + periodNanos;
    }

    /** As the last two seconds have been at least; a thread that has not ticked for long is as late as that. */
    long nanos(long nowNanos) {
        long waiting = dueNanos == 0 ? 0 : nowNanos - dueNanos;
        return waiting > STUCK_NANOS ? waiting : publishedNanos;
    }
}
