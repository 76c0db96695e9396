package io.copperline.gateway.call;

import io.copperline.gateway.call.CallSnapshot.Direction;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many calls limits have stopped, or sent on to the next trunk. Used from any thread. */
final class LimitRefusals {
    private record Kind(Subject.Kind of, LimitKind limit, Direction direction) {}

    private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

    void count(Subject.Kind of, LimitKind limit, Direction direction) {
        counts.computeIfAbsent(new Kind(of, limit, direction), _ -> new LongAdder())
                .increment();
    }

    long of(Subject.Kind of, LimitKind limit, Direction direction) {
        LongAdder count = counts.get(new Kind(of, limit, direction));
        return count == null ? 0 : count.sum();
    }
}
