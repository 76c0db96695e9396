package io.copperline.gateway.call;

import io.copperline.config.CallLimits;
import io.copperline.config.RouteLimits;
import io.copperline.gateway.call.CallSnapshot.Direction;
import io.copperline.gateway.record.CallRecordStore;
import io.copperline.gateway.record.Talk;
import io.copperline.gateway.route.RouteIn;
import io.copperline.gateway.route.RouteMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Which calls may come into being: against what the gateway, tokens and limits allow. Used from any thread. */
public final class Admission {
    private static final double MILLIS_OF_MINUTE = 60_000;

    /**
     * How many calls a limit has stopped, or sent on to the next trunk.
     *
     * @param of {@code trunk}, {@code route} or {@code user}
     * @param limit the limit's key
     */
    public record Refusals(String of, String limit, Direction direction, LongSupplier count) {}

    private final RouteLimits limits;
    private final UserCalls counts;
    private final CallLimiter limiter;

    /** @param maxCalls of the whole gateway at once */
    public Admission(int maxCalls, RouteLimits limits) {
        this.limits = limits;
        counts = new UserCalls(maxCalls);
        limiter = new CallLimiter(limits);
    }

    /** The minutes of today that were talked before the program began. */
    public void recall(CallRecordStore records, Instant now) {
        records.talkedSince(limiter.midnight(now), talk -> {
            talked(Subject.Kind.TRUNK, talk.trunk(), talk, now);
            talked(Subject.Kind.ROUTE, talk.rule(), talk, now);
            if (!talk.user().isEmpty()) {
                talked(Subject.Kind.USER, talk.user(), talk, now);
            }
        });
    }

    private void talked(Subject.Kind kind, String name, Talk talk, Instant now) {
        limiter.talked(new Subject(kind, name), talk.answeredAt(), talk.endedAt(), now);
    }

    /** Lets a call out, or says by {@link CallRefused} why not. */
    CallPermits outbound(PlaceCall wish, CallPlanner.Plan plan, Instant now) {
        if (plan.course().emergency()) {
            counts.enterAnyway(wish.user());
            return CallPermits.unlimited(limiter);
        }
        counts.enter(wish.user(), wish.limits().maxCalls());
        try {
            return CallPermits.of(limiter, wish.user(), plan.rule(), plan.limits(), now);
        } catch (CallRefused e) {
            counts.leave(wish.user());
            throw e;
        }
    }

    /** Lets a call in, which is nobody's until somebody answers. */
    void inbound() {
        counts.enter();
    }

    /** What a call that was let in takes of the limits of its trunk and its rule, or which of them refuses it. */
    CallPermits.Entrance inbound(String trunk, RouteIn route, Instant now) {
        return CallPermits.inbound(limiter, trunk, route, now);
    }

    /** Lets a call in that takes the place of another leg on the trunk. */
    CallPermits replacing(String trunk, Instant now) {
        return CallPermits.replacing(limiter, trunk, now);
    }

    /** Lets a call go on by another rule, which is counted already; fails with {@link CallRefused} where the rule's limits are reached. */
    CallPermits forwarded(RouteMatch match, Instant now) {
        return CallPermits.ofRule(limiter, match.rule(), match.limits(), now);
    }

    /** Lets it go on by no rule, to a place of its own carrier's. */
    CallPermits handedOn() {
        return CallPermits.ofNoRule(limiter);
    }

    void picked(String user) {
        counts.picked(user);
    }

    void leave(Call call) {
        if (call.hasBrowser()) {
            counts.leave(call.parties().user());
        } else {
            counts.leave();
        }
    }

    boolean isFull() {
        return counts.isFull();
    }

    int calls() {
        return counts.count();
    }

    void sweep(Instant now) {
        limiter.sweep(now);
    }

    public List<Refusals> refusals() {
        List<Refusals> all = new ArrayList<>();
        for (LimitKind limit : List.of(LimitKind.CALLS, LimitKind.CALLS_PER_SECOND, LimitKind.MINUTES_PER_DAY)) {
            for (Subject.Kind kind : List.of(Subject.Kind.TRUNK, Subject.Kind.ROUTE, Subject.Kind.USER)) {
                all.add(refusals(kind, limit, Direction.OUTBOUND));
            }
        }
        all.add(refusals(Subject.Kind.CHANNELS, LimitKind.CHANNELS, Direction.OUTBOUND));
        all.add(refusals(Subject.Kind.CHANNELS, LimitKind.CHANNELS, Direction.INBOUND));
        all.add(refusals(Subject.Kind.INBOUND_ROUTE, LimitKind.CALLS, Direction.INBOUND));
        all.add(refusals(Subject.Kind.INBOUND_ROUTE, LimitKind.CALLS_PER_SECOND, Direction.INBOUND));
        return all;
    }

    private Refusals refusals(Subject.Kind kind, LimitKind limit, Direction direction) {
        return new Refusals(kind.wireName(), limit.key(), direction, () -> limiter.refusals(kind, limit, direction));
    }

    /** What calls out by a trunk have talked since midnight. */
    public double minutesToday(String trunk, Instant now) {
        return limiter.millisToday(new Subject(Subject.Kind.TRUNK, trunk), now) / MILLIS_OF_MINUTE;
    }

    /** Channels of a trunk that calls have now, in and out together. */
    public int channels(String trunk) {
        return limiter.calls(Subject.channelsOf(trunk));
    }

    /** How far a trunk is with each of its limits. */
    public TrunkUse use(String trunk, Instant now) {
        CallLimits out = limits.ofTrunk(trunk);
        return new TrunkUse(
                limits.channelsOf(trunk),
                channels(trunk),
                out,
                limiter.calls(new Subject(Subject.Kind.TRUNK, trunk)),
                minutesToday(trunk, now));
    }
}
