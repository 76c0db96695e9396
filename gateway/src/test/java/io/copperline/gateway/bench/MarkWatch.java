package io.copperline.gateway.bench;

import java.util.concurrent.TimeUnit;

/** Follows one direction's marks from where they are sent to where they are heard. */
final class MarkWatch {
    private static final long LATEST_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final long NANOS_PER_SAMPLE = TimeUnit.MILLISECONDS.toNanos(1) / SpeechLoop.SAMPLES_PER_MILLI;
    private static final int MOST = 4_096;

    private final OnsetFinder finder = new OnsetFinder();
    private final long[] delaysNanos = new long[MOST];
    private int delays;
    private boolean pending;
    private long markNanos;
    private long unheard;
    private boolean listening;

    /** A packet has gone in; its mark, if it has one, begins at this sample. */
    void sent(int markOffset, long nowNanos) {
        if (markOffset >= 0) {
            unheard += pending && listening ? 1 : 0;
            pending = true;
            markNanos = nowNanos + markOffset * NANOS_PER_SAMPLE;
        }
    }

    /** A packet has come out. */
    void heard(short[] pcm, int samples, long nowNanos) {
        listening = true;
        int at = finder.find(pcm, 0, samples);
        if (at < 0 || !pending) {
            return;
        }
        long delay = nowNanos + at * NANOS_PER_SAMPLE - markNanos;
        if (delay <= LATEST_NANOS) {
            pending = false;
            if (delays < MOST) {
                delaysNanos[delays++] = delay;
            }
        }
    }

    /** Forgets what was measured so far. */
    void reset() {
        delays = 0;
        unheard = 0;
    }

    void addTo(Distribution all) {
        for (int i = 0; i < delays; i++) {
            all.add(delaysNanos[i] / 1e6);
        }
    }

    /** Marks that never came out. */
    long unheard() {
        return unheard;
    }
}
