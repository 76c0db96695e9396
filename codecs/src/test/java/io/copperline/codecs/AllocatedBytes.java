package io.copperline.codecs;

import java.lang.management.ManagementFactory;

/** Counts what code allocates on this thread once it is warm. */
public final class AllocatedBytes {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TRIES = 5;

    private AllocatedBytes() {}

    /** The least of a few tries: the compiler at work in between allocates too. */
    public static long of(int warmUp, int times, Runnable code) {
        for (int i = 0; i < warmUp; i++) {
            code.run();
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < times; j++) {
                code.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least - ofNothing();
    }

    private static long ofNothing() {
        THREADS.getCurrentThreadAllocatedBytes();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
