package io.copperline.gateway.call;

import io.copperline.config.RouteLimits;
import io.copperline.gateway.record.CallRecordStore;
import io.copperline.gateway.record.Talk;
import io.copperline.gateway.route.RouteMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Which calls may come into being: against what the gateway, tokens and limits allow. Used from any thread. */
public final class Admission {
    private static final double MILLIS_OF_MINUTE = 60_000;

    /**
     * How many calls out a limit has stopped, or sent on to the next trunk.
     *
     * @param of {@code trunk}, {@code route} or {@code user}
     * @param limit the limit's key
     */
    public record Refusals(String of, String limit, LongSupplier count) {}

    private final UserCalls counts;
    private final CallLimiter limiter;

    /** @param maxCalls of the whole gateway at once */
    public Admission(int maxCalls, RouteLimits limits) {
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
        for (Subject.Kind kind : Subject.Kind.values()) {
            for (LimitKind limit : LimitKind.values()) {
                String of = kind.name().toLowerCase(Locale.ROOT);
                all.add(new Refusals(of, limit.key(), () -> limiter.refusals(kind, limit)));
            }
        }
        return all;
    }

    /** What calls out by a trunk have talked since midnight. */
    public double minutesToday(String trunk, Instant now) {
        return limiter.millisToday(new Subject(Subject.Kind.TRUNK, trunk), now) / MILLIS_OF_MINUTE;
    }
}
