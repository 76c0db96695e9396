package io.copperline.gateway.media;

import java.util.concurrent.atomic.LongAdder;

/** What happened to datagrams that went no further, by reason, for one room. Counted by shards, read by the metrics. */
public final class Drops<R extends Enum<R>> {
    private final LongAdder[] counts;

    Drops(Class<R> reasons) {
        counts = new LongAdder[reasons.getEnumConstants().length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void count(R reason) {
        counts[reason.ordinal()].increment();
    }

    /** How many so far. */
    public long total(R reason) {
        return counts[reason.ordinal()].sum();
    }
}
