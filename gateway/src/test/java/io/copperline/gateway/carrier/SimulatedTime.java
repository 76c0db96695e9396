package io.copperline.gateway.carrier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What is due when. */
final class SimulatedTime implements Later {
    private final TreeMap<Long, List<Runnable>> due = new TreeMap<>();
    private long nowMillis;

    @Override
    public Runnable run(Runnable what, long millis) {
        List<Runnable> then = due.computeIfAbsent(nowMillis + millis, _ -> new ArrayList<>());
        then.add(what);
        return () -> then.remove(what);
    }

    void pass(long millis) {
        long end = nowMillis + millis;
        while (!due.isEmpty() && due.firstKey() <= end) {
            Map.Entry<Long, List<Runnable>> next = due.pollFirstEntry();
            nowMillis = next.getKey();
            List.copyOf(next.getValue()).forEach(Runnable::run);
        }
        nowMillis = end;
    }

    long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(nowMillis);
    }
}
