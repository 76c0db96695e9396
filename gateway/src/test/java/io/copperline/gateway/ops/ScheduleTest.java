package io.copperline.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScheduleTest {
    @Test
    void goesOnAfterATurnThatFailed() throws InterruptedException {
        CountDownLatch turns = new CountDownLatch(3);
        try (Schedule schedule = new Schedule()) {
            schedule.every(Duration.ofMillis(5), "probe", () -> {
                turns.countDown();
                throw new IllegalStateException("the carrier is away");
            });
            assertTrue(turns.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void neverRunsOneWorkTwiceAtOnceAndLeavesNothingBehind() throws InterruptedException {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch turns = new CountDownLatch(5);
        Schedule schedule = new Schedule();
        schedule.every(Duration.ofMillis(1), "slow", () -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            atWork.decrementAndGet();
            turns.countDown();
        });
        assertTrue(turns.await(20, TimeUnit.SECONDS));
        schedule.close();
        assertEquals(1, most.get());
        assertEquals(0, atWork.get());
        schedule.close();
    }

    @Test
    void refusesASecondWorkOfTheSameName() {
        try (Schedule schedule = new Schedule()) {
            schedule.every(Duration.ofDays(1), "probe", () -> {});
            assertThrows(IllegalArgumentException.class, () -> schedule.every(Duration.ofDays(1), "probe", () -> {}));
        }
    }
}
