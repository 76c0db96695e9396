package io.copperline.gateway.bench.peer;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Processor time and allocation of this process's threads, by the JVM's own counters. */
final class Processor {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Processor() {}

    /** What the calling thread has spent. */
    static long nanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    static long nanos(Thread thread) {
        return THREADS.getThreadCpuTime(thread.threadId());
    }

    /** What the calling thread has allocated. */
    static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
