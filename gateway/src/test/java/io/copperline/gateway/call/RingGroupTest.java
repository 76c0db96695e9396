package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.RingPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call that rings for several users, by {@link InboundCall} and its {@link RingGroup}. */
class RingGroupTest {
    private final CallBench bench = new CallBench();

    private InboundCall ringing(RingPlan.Order order, String... users) {
        return bench.inbound(new RingPlan(List.of(users), order, Duration.ofSeconds(20)));
    }

    @Test
    void allRingUntilTheFirstAnswers() {
        InboundCall call = ringing(RingPlan.Order.TOGETHER, "alice", "bob");
        assertTrue(call.belongsTo("alice") && call.belongsTo("bob"));
        call.answer("bob", "offer");
        assertEquals(
                List.of(
                        "ring alice",
                        "ring bob",
                        "picked bob",
                        "stop alice ANSWERED_ELSEWHERE",
                        "stop bob ANSWERED_ELSEWHERE"),
                bench.tabs);
        assertFalse(call.belongsTo("alice"));
        assertEquals("bob", call.parties().user());
        assertTrue(call.hasRung("alice"), "she is told that he was quicker");
        assertEquals(
                CallRefused.Code.ALREADY_ANSWERED,
                assertThrows(CallRefused.class, () -> call.answer("alice", "offer"))
                        .code());
    }

    @Test
    void itRingsOnUntilAllHaveDeclined() {
        InboundCall call = ringing(RingPlan.Order.TOGETHER, "alice", "bob");
        call.decline("alice");
        call.decline("alice");
        assertFalse(call.over());
        assertEquals(List.of("ring"), bench.legs.getFirst().asked);
        assertEquals("stop alice DECLINED_ELSEWHERE", bench.tabs.getLast());
        call.decline("bob");
        assertEquals(EndCode.DECLINED, CallBench.end(call).code());
        assertEquals("reject 603 21", bench.legs.getFirst().asked.get(1));
    }

    @Test
    void oneAfterTheOtherEachForSoLong() {
        bench.away.add("bob");
        InboundCall call = ringing(RingPlan.Order.IN_TURN, "alice", "bob", "carol");
        assertEquals(List.of("ring alice"), bench.tabs);
        bench.run(Duration.ofSeconds(19));
        assertEquals(List.of("ring alice"), bench.tabs);
        bench.run(Duration.ofSeconds(2));
        assertEquals(List.of("ring alice", "stop alice NOT_ANSWERED", "ring bob", "ring carol"), bench.tabs);
        bench.run(Duration.ofSeconds(20));
        assertEquals("reject 480 19", bench.legs.getFirst().asked.get(1));
        assertEquals(EndCode.NO_ANSWER, CallBench.end(call).code());
        assertEquals(1, bench.records.size());
    }

    @Test
    void whoDeclinesGivesWayToTheNext() {
        InboundCall call = ringing(RingPlan.Order.IN_TURN, "alice", "bob");
        call.decline("alice");
        assertEquals(List.of("ring alice", "stop alice DECLINED_ELSEWHERE", "ring bob"), bench.tabs);
        call.decline("bob");
        assertEquals(EndCode.DECLINED, CallBench.end(call).code());
    }

    @Test
    void theNextMayAnswer() {
        InboundCall call = ringing(RingPlan.Order.IN_TURN, "alice", "bob");
        call.decline("alice");
        assertEquals("ring bob", bench.tabs.getLast());
        assertEquals("answer to offer", call.answer("bob", "offer").answer());
    }

    @Test
    void whereNobodyIsThereTheCallerHearsSoAtOnce() {
        bench.away.addAll(List.of("alice", "bob"));
        assertEquals(
                EndCode.UNAVAILABLE,
                CallBench.end(ringing(RingPlan.Order.TOGETHER, "alice", "bob")).code());
        bench.legs.clear();
        assertEquals(
                EndCode.UNAVAILABLE,
                CallBench.end(ringing(RingPlan.Order.IN_TURN, "alice", "bob")).code());
    }
}
