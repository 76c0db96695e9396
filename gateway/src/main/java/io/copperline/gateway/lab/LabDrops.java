package io.copperline.gateway.lab;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts packets that went nowhere, by reason. Safe from any thread. */
final class LabDrops {
    private final Map<LabDrop, LongAdder> counts = new EnumMap<>(LabDrop.class);

    LabDrops() {
        for (LabDrop drop : LabDrop.values()) {
            counts.put(drop, new LongAdder());
        }
    }

    void count(LabDrop drop) {
        counts.get(drop).increment();
    }

    Map<LabDrop, Long> counts() {
        Map<LabDrop, Long> now = new EnumMap<>(LabDrop.class);
        counts.forEach((drop, count) -> now.put(drop, count.sum()));
        return now;
    }
}
