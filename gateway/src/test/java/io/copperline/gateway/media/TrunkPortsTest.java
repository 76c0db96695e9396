package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.config.MediaSettings.PortRange;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrunkPortsTest {
    private static final Duration REST = Duration.ofSeconds(30);

    @Test
    void aPortRestsBeforeItIsUsedAgain() {
        TrunkPorts ports = new TrunkPorts(new PortRange(20_000, 20_001), 0, 1, REST);
        assertEquals(OptionalInt.of(20_000), ports.take(0));
        assertEquals(OptionalInt.empty(), ports.take(0));
        ports.giveBack(20_000, 0);
        assertEquals(0, ports.taken());
        assertEquals(OptionalInt.empty(), ports.take(REST.toNanos() - 1));
        assertEquals(OptionalInt.of(20_000), ports.take(REST.toNanos()));
    }

    @Test
    void shardsShareTheRangeWithoutOverlap() {
        Set<Integer> taken = new HashSet<>();
        for (int shard = 0; shard < 3; shard++) {
            TrunkPorts ports = new TrunkPorts(new PortRange(20_001, 20_020), shard, 3, REST);
            for (OptionalInt port = ports.take(0); port.isPresent(); port = ports.take(0)) {
                assertEquals(0, port.getAsInt() % 2);
                taken.add(port.getAsInt());
            }
        }
        assertEquals(9, taken.size());
    }
}
