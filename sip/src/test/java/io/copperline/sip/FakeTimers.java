package io.copperline.sip;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when a test says so. */
final class FakeTimers implements Timers {
    private record Entry(Duration at, long order, Runnable task) {}

    private final List<Entry> entries = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private long order;

    @Override
    public Timer after(Duration delay, Runnable task) {
        Entry entry = new Entry(now.plus(delay), order++, task);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    void advance(Duration by) {
        Duration until = now.plus(by);
        while (true) {
            Entry next = entries.stream()
                    .filter(entry -> entry.at.compareTo(until) <= 0)
                    .min(Comparator.comparing(Entry::at).thenComparingLong(Entry::order))
                    .orElse(null);
            if (next == null) {
                break;
            }
            entries.remove(next);
            now = next.at;
            next.task.run();
        }
        now = until;
    }

    int waiting() {
        return entries.size();
    }
}
