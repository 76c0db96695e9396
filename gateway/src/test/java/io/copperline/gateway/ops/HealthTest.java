package io.copperline.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    @Test
    void namesWhatDoesNotHold() {
        AtomicBoolean trunk = new AtomicBoolean();
        health.alive("shards answer", () -> true);
        health.condition("started", () -> true);
        health.condition("trunk lab is usable", trunk::get);
        assertTrue(health.live());
        assertFalse(health.ready());
        assertEquals(List.of("trunk lab is usable"), health.notReady());
        assertEquals(Map.of("shards answer", true, "started", true, "trunk lab is usable", false), health.conditions());
        trunk.set(true);
        assertTrue(health.ready());
    }

    @Test
    void takesWhatCannotBeAskedForFailing() {
        health.alive("shards answer", () -> {
            throw new IllegalStateException();
        });
        assertFalse(health.live());
        assertEquals(List.of("shards answer"), health.notReady());
    }
}
