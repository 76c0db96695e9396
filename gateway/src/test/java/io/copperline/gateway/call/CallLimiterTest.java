package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.CallLimits;
import io.copperline.config.RouteLimits;
import io.copperline.gateway.call.CallSnapshot.Direction;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CallLimiterTest {
    private static final OptionalInt ANY = OptionalInt.empty();

    /** Ten minutes before midnight in Berlin. */
    private Instant now = Instant.parse("2026-11-27T22:50:00Z");

    private static CallLimiter trunk(CallLimits limits) {
        return new CallLimiter(new RouteLimits(Map.of("a", limits), List.of(), ZoneId.of("Europe/Berlin")));
    }

    private static CallLimits calls(int calls) {
        return new CallLimits(OptionalInt.of(calls), ANY, ANY);
    }

    @Test
    void countsCallsAtOnce() {
        CallLimiter limiter = trunk(calls(2));
        CallLimiter.Permit first = limiter.trunk("a", now).orElseThrow();
        assertTrue(limiter.trunk("a", now).isPresent());
        assertTrue(limiter.trunk("a", now).isEmpty());
        first.close(now);
        first.close(now);
        assertTrue(limiter.trunk("a", now).isPresent());
        assertTrue(limiter.trunk("a", now).isEmpty());
        assertEquals(2, limiter.refusals(Subject.Kind.TRUNK, LimitKind.CALLS, Direction.OUTBOUND));
        assertTrue(limiter.trunk("b", now).isPresent(), "without a limit");
    }

    @Test
    void noSecondSeesMoreBeginThanMay() {
        CallLimiter limiter = trunk(new CallLimits(ANY, OptionalInt.of(2), ANY));
        limiter.trunk("a", now).orElseThrow().close(now);
        assertTrue(limiter.trunk("a", now.plusMillis(900)).isPresent());
        assertTrue(limiter.trunk("a", now.plusMillis(999)).isEmpty());
        assertTrue(limiter.trunk("a", now.plusMillis(1_000)).isPresent());
        assertTrue(limiter.trunk("a", now.plusMillis(1_899)).isEmpty());
        assertTrue(limiter.trunk("a", now.plusMillis(1_900)).isPresent());
    }

    @Test
    void minutesAreThoseTalkedUntilMidnight() {
        CallLimiter limiter = trunk(new CallLimits(ANY, ANY, OptionalInt.of(9)));
        CallLimiter.Permit call = limiter.trunk("a", now).orElseThrow();
        pass(Duration.ofMinutes(1)); // Ringing costs nothing.
        call.answered(now);
        pass(Duration.ofSeconds(539));
        assertTrue(limiter.trunk("a", now).isPresent());
        pass(Duration.ofMillis(999));
        assertTrue(limiter.trunk("a", now).isPresent());
        pass(Duration.ofMillis(1));
        // At this moment it is midnight, too, and the call that goes on begins anew.
        assertTrue(limiter.trunk("a", now).isPresent());
        pass(Duration.ofMinutes(9));
        assertTrue(limiter.trunk("a", now).isEmpty());
        call.close(now);
        assertTrue(limiter.trunk("a", now).isEmpty());
        assertEquals(540_000, limiter.millisToday(new Subject(Subject.Kind.TRUNK, "a"), now));
        pass(Duration.ofHours(24));
        assertTrue(limiter.trunk("a", now).isPresent());
        assertEquals(2, limiter.refusals(Subject.Kind.TRUNK, LimitKind.MINUTES_PER_DAY, Direction.OUTBOUND));
    }

    @Test
    void minutesFromBeforeTheStartCountAsFarAsTheyWereToday() {
        CallLimiter limiter = trunk(new CallLimits(ANY, ANY, OptionalInt.of(9)));
        Subject a = new Subject(Subject.Kind.TRUNK, "a");
        assertEquals(Instant.parse("2026-11-26T23:00:00Z"), limiter.midnight(now));
        limiter.talked(
                a,
                limiter.midnight(now).minusSeconds(600),
                limiter.midnight(now).plusSeconds(60),
                now);
        limiter.talked(a, now.minusSeconds(600), now.minusSeconds(121), now);
        assertTrue(limiter.trunk("a", now).isPresent());
        limiter.talked(a, now.minusSeconds(1), now, now);
        assertTrue(limiter.trunk("a", now).isEmpty());
    }

    @Test
    void aCallThatIsAnsweredByAClockBehindMidnightCountsFromThereOn() {
        CallLimiter limiter = trunk(new CallLimits(ANY, ANY, OptionalInt.of(9)));
        CallLimiter.Permit call = limiter.trunk("a", now).orElseThrow();
        Instant before = now;
        pass(Duration.ofMinutes(10));
        assertTrue(limiter.trunk("a", now).isPresent(), "it is midnight");
        call.answered(before);
        pass(Duration.ofMinutes(1));
        call.close(now);
        assertEquals(60_000, limiter.millisToday(new Subject(Subject.Kind.TRUNK, "a"), now));
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void eachUserHasTheLimitsOfTheFirstEntryThatIsForHim() {
        CallLimiter limiter = new CallLimiter(new RouteLimits(
                Map.of(),
                List.of(
                        new RouteLimits.OfUsers(List.of("alice"), calls(2)),
                        new RouteLimits.OfUsers(List.of(), calls(1))),
                ZoneId.of("UTC")));
        limiter.user("alice", now);
        limiter.user("alice", now);
        limiter.user("bob", now);
        limiter.user("carol", now);
        CallRefused refused = assertThrows(CallRefused.class, () -> limiter.user("bob", now));
        assertEquals(CallRefused.Code.LIMIT_REACHED, refused.code());
        assertEquals(
                "Limit calls: this user has as many calls as it may have at once. Try again when one of them is over.",
                refused.getMessage());
    }

    @Test
    void whatTheRuleRefusesCostsTheUserNothing() {
        CallLimiter limiter = new CallLimiter(
                new RouteLimits(Map.of(), List.of(new RouteLimits.OfUsers(List.of(), calls(1))), ZoneId.of("UTC")));
        CallLimiter.Permit other = limiter.route("line 3", calls(1), now);
        assertThrows(CallRefused.class, () -> CallPermits.of(limiter, "alice", "line 3", calls(1), now));
        other.close(now);
        CallPermits permits = CallPermits.of(limiter, "alice", "line 3", calls(1), now);
        assertTrue(permits.trunk("a", now));
        permits.close(now);
        assertTrue(CallPermits.unlimited(limiter).trunk("a", now));
    }

    @Test
    void forgetsWhoHasNothingToRemember() {
        CallLimiter limiter = trunk(new CallLimits(ANY, OptionalInt.of(1), OptionalInt.of(10)));
        CallLimiter.Permit call = limiter.trunk("a", now).orElseThrow();
        limiter.sweep(now);
        assertEquals(1, limiter.remembered());
        call.answered(now);
        pass(Duration.ofMinutes(2));
        call.close(now);
        limiter.sweep(now);
        assertEquals(1, limiter.remembered(), "it has talked today");
        pass(Duration.ofDays(1));
        limiter.sweep(now);
        assertEquals(0, limiter.remembered());
    }
}
