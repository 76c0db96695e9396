package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.CallLimits;
import io.copperline.config.RingPlan;
import io.copperline.config.RouteLimits;
import io.copperline.config.Treatment;
import io.copperline.gateway.call.CallSnapshot.Direction;
import io.copperline.gateway.route.RouteIn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What calls in and out take of a trunk's channels, and of the limits of a rule for calls in. */
class ChannelsTest {
    private static final OptionalInt ANY = OptionalInt.empty();
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final CallLimiter limiter = new CallLimiter(new RouteLimits(
            Map.of("a", new CallLimits(OptionalInt.of(1), ANY, ANY)), List.of(), ZoneOffset.UTC, Map.of("a", 2)));

    private static RouteIn rule(CallLimits limits) {
        return new RouteIn(
                new Treatment.Ring(RingPlan.of("alice"), Optional.empty()),
                RingPlan.NOBODY,
                Optional.empty(),
                "line 7",
                limits);
    }

    private CallPermits.Entrance comesIn() {
        return CallPermits.inbound(limiter, "a", rule(CallLimits.NONE), NOW);
    }

    private int used() {
        return limiter.calls(Subject.channelsOf("a"));
    }

    @Test
    void callsInAndOutShareThem() {
        CallPermits out = CallPermits.ofNoRule(limiter);
        assertTrue(out.trunk("a", NOW));
        CallPermits.Entrance in = comesIn();
        assertTrue(in.stopped().isEmpty());
        assertEquals(
                "Limit channels: trunk a has as many calls, in and out, as it may have at once. Try again when one of"
                        + " them is over.",
                comesIn().stopped().orElseThrow().toString());
        in.permits().close(NOW);
        in.permits().close(NOW);
        assertEquals(1, used(), "given back once");
        assertTrue(comesIn().stopped().isEmpty());
        out.close(NOW);
        assertTrue(comesIn().stopped().isEmpty());
        assertFalse(CallPermits.ofNoRule(limiter).trunk("a", NOW), "no channel is left for calls out");
        assertEquals(1, limiter.refusals(Subject.Kind.CHANNELS, LimitKind.CHANNELS, Direction.INBOUND));
        assertEquals(1, limiter.refusals(Subject.Kind.CHANNELS, LimitKind.CHANNELS, Direction.OUTBOUND));
    }

    @Test
    void aCallOutThatItsTrunksOwnLimitStopsHoldsNone() {
        assertTrue(CallPermits.ofNoRule(limiter).trunk("a", NOW));
        assertFalse(CallPermits.ofNoRule(limiter).trunk("a", NOW));
        assertEquals(1, limiter.refusals(Subject.Kind.TRUNK, LimitKind.CALLS, Direction.OUTBOUND));
        assertEquals(1, used());
        assertTrue(comesIn().stopped().isEmpty());
    }

    @Test
    void callsInAreNoCallsOut() {
        comesIn();
        assertTrue(CallPermits.ofNoRule(limiter).trunk("a", NOW), "one call out may be");
    }

    @Test
    void anEmergencyCallTakesOneThatIsNotThere() {
        comesIn();
        comesIn();
        CallPermits help = CallPermits.unlimited(limiter);
        assertTrue(help.trunk("a", NOW));
        assertEquals(3, used());
        help.trunk("b", NOW);
        assertEquals(2, used(), "the next trunk carries it");
        help.trunk("a", NOW);
        help.close(NOW);
        assertEquals(2, used());
    }

    @Test
    void soDoesACallInTheCourseOfWhichAnotherLegEnds() {
        comesIn();
        comesIn();
        CallPermits replacing = CallPermits.replacing(limiter, "a", NOW);
        assertEquals(3, used());
        replacing.close(NOW);
        assertEquals(2, used());
    }

    private Optional<CallLimiter.Met> byRule(CallLimits limits, Instant now) {
        return CallPermits.inbound(limiter, "b", rule(limits), now).stopped();
    }

    @Test
    void aRuleForCallsInHasItsOwnLimits() {
        CallLimits one = new CallLimits(OptionalInt.of(1), ANY, ANY);
        CallPermits.Entrance first = CallPermits.inbound(limiter, "b", rule(one), NOW);
        assertTrue(first.stopped().isEmpty());
        assertEquals(
                "Limit calls: the rule of line 7 has as many calls as it may have at once. Try again when one of them is"
                        + " over.",
                byRule(one, NOW).orElseThrow().toString());
        assertEquals(1, limiter.calls(Subject.channelsOf("b")), "who is refused holds no channel");
        first.permits().close(NOW);
        assertTrue(byRule(one, NOW).isEmpty());
        assertEquals(1, limiter.refusals(Subject.Kind.INBOUND_ROUTE, LimitKind.CALLS, Direction.INBOUND));
    }

    @Test
    void aRuleForCallsInMayLimitHowOftenTheyBegin() {
        CallLimits two = new CallLimits(ANY, OptionalInt.of(2), ANY);
        assertTrue(byRule(two, NOW).isEmpty());
        assertTrue(byRule(two, NOW.plusMillis(500)).isEmpty());
        assertEquals(
                LimitKind.CALLS_PER_SECOND,
                byRule(two, NOW.plusMillis(999)).orElseThrow().limit());
        assertTrue(byRule(two, NOW.plusMillis(1_000)).isEmpty());
    }

    @Test
    void aCallThatWaitsForAChannelDoesNotUseUpTheSecondOfItsRule() {
        CallPermits.Entrance first = comesIn();
        comesIn();
        CallLimits one = new CallLimits(ANY, OptionalInt.of(1), ANY);
        assertEquals(
                LimitKind.CHANNELS,
                CallPermits.inbound(limiter, "a", rule(one), NOW)
                        .stopped()
                        .orElseThrow()
                        .limit());
        first.permits().close(NOW);
        assertTrue(CallPermits.inbound(limiter, "a", rule(one), NOW).stopped().isEmpty());
    }

    @Test
    void carriersHearOfEachLimitInItsOwnWay() {
        comesIn();
        comesIn();
        LimitIn channels = LimitIn.of(comesIn().stopped().orElseThrow());
        assertEquals(503, channels.status());
        assertEquals(42, channels.q850());
        LimitIn rule = LimitIn.of(
                byRule(new CallLimits(OptionalInt.of(0), ANY, ANY), NOW).orElseThrow());
        assertEquals(486, rule.status());
        assertEquals(17, rule.q850());
    }
}
