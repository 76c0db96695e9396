package io.copperline.gateway.ops;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** Keeps noise out of the log: each kind of line at most once a minute, with how many were left out. Any thread. */
public final class OncePerMinute {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int MOST_KINDS = 1_000;

    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    private static final class Kind {
        private boolean spoken;
        private long spokenAtNanos;
        private long leftOut;
    }

    /**
     * Writes a line, unless one of its kind was written in the last minute.
     *
     * @param kind a name from our code, never from outside
     * @param line takes how many lines of this kind were left out since the last one
     */
    public void log(String kind, long nowNanos, LongConsumer line) {
        if (kinds.size() >= MOST_KINDS && !kinds.containsKey(kind)) {
            return;
        }
        Kind state = kinds.computeIfAbsent(kind, _ -> new Kind());
        long leftOut;
        synchronized (state) {
            if (state.spoken && nowNanos - state.spokenAtNanos < MINUTE_NANOS) {
                state.leftOut++;
                return;
            }
            state.spoken = true;
            state.spokenAtNanos = nowNanos;
            leftOut = state.leftOut;
            state.leftOut = 0;
        }
        line.accept(leftOut);
    }
}
