package io.copperline.gateway.media;

import java.util.concurrent.TimeUnit;

/**
 * How far a shard is behind with its ticks: the measure of whether there is more to do than its thread can. A pause that is
 * caught up with says little, so it is smoothed over a third of a second. Written by the shard, read by anyone.
 */
final class TickLateness {
    private static final int SMOOTHING = 64;
    private static final long STUCK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final long periodNanos;
    private boolean running;
    private long smoothedNanos;
    private volatile long dueNanos;
    private volatile long publishedNanos;

    TickLateness(long periodNanos) {
        this.periodNanos = periodNanos;
    }

    /** Ticks come at a fixed rate: those that were held up follow each other without a pause. */
    void onTick(long nowNanos) {
        long due = dueNanos;
        if (!running || nowNanos - due < 0) {
            running = true;
            due = nowNanos;
        }
        smoothedNanos += (nowNanos - due - smoothedNanos) / SMOOTHING;
        publishedNanos = smoothedNanos;
        dueNanos = due + periodNanos;
    }

    /** Smoothed; a thread that has not ticked for long is as late as that. */
    long nanos(long nowNanos) {
        long waiting = dueNanos == 0 ? 0 : nowNanos - dueNanos;
        return waiting > STUCK_NANOS ? waiting : publishedNanos;
    }
}
