package io.copperline.gateway.media;

import io.copperline.config.MediaSettings.PortRange;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One shard's share of the trunk ports, in pairs of an even RTP and the next RTCP port. A pair rests before another call
 * gets it: late packets of the old call must not be heard in the new one. The range is a hard cap.
 */
final class TrunkPorts {
    private record Resting(int rtpPort, long untilNanos) {}

    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();
    private final long restNanos;
    private final AtomicInteger taken = new AtomicInteger();

    /** Takes every {@code shards}-th pair of the range, beginning with the {@code shard}-th. */
    TrunkPorts(PortRange range, int shard, int shards, Duration rest) {
        restNanos = rest.toNanos();
        int index = 0;
        for (int port = range.first() + (range.first() & 1); port + 1 <= range.last(); port += 2) {
            if (index++ % shards == shard) {
                free.add(port);
            }
        }
    }

    /** An RTP port whose pair is free; empty where all are in use or rest. */
    OptionalInt take(long nowNanos) {
        while (!resting.isEmpty() && nowNanos - resting.peek().untilNanos() >= 0) {
            free.add(resting.poll().rtpPort());
        }
        if (free.isEmpty()) {
            return OptionalInt.empty();
        }
        taken.incrementAndGet();
        return OptionalInt.of(free.poll());
    }

    void giveBack(int rtpPort, long nowNanos) {
        taken.decrementAndGet();
        resting.add(new Resting(rtpPort, nowNanos + restNanos));
    }

    /** Pairs in use; readable from any thread. */
    int taken() {
        return taken.get();
    }
}
