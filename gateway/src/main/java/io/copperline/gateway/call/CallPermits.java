package io.copperline.gateway.call;

import io.copperline.config.CallLimits;
import io.copperline.gateway.call.CallSnapshot.Direction;
import io.copperline.gateway.route.RouteIn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What one call has taken of the limits for a leg of its, to be given back once. Handed to the call's shard before it begins. */
final class CallPermits {
    private final CallLimiter limiter;
    private final String rule;
    private final List<CallLimiter.Permit> held = new ArrayList<>();
    private final boolean unlimited;
    private Optional<CallLimiter.Permit> trunk = Optional.empty();
    private Optional<CallLimiter.Permit> channel = Optional.empty();

    private CallPermits(CallLimiter limiter, String rule, boolean unlimited) {
        this.limiter = limiter;
        this.rule = rule;
        this.unlimited = unlimited;
    }

    /** What a call in has taken, which is nothing where a limit stops it. */
    record Entrance(CallPermits permits, Optional<CallLimiter.Met> stopped) {}

    /** Takes a channel of the trunk that brings a call, and the rule's permit by which it comes in; or none. */
    static Entrance inbound(CallLimiter limiter, String trunk, RouteIn route, Instant now) {
        CallPermits permits = new CallPermits(limiter, "", false);
        CallLimiter.Outcome channel = limiter.channel(trunk, Direction.INBOUND, now);
        permits.channel = channel.permit();
        if (channel instanceof CallLimiter.Met met) {
            return new Entrance(permits, Optional.of(met));
        }
        CallLimiter.Outcome place = limiter.inbound(route.rule(), route.limits(), now);
        place.permit().ifPresent(permits.held::add);
        if (place instanceof CallLimiter.Met met) {
            permits.close(now);
            return new Entrance(permits, Optional.of(met));
        }
        return new Entrance(permits, Optional.empty());
    }

    /** For a call in that takes the place of another leg on its trunk: it is not one more. */
    static CallPermits replacing(CallLimiter limiter, String trunk, Instant now) {
        CallPermits permits = new CallPermits(limiter, "", true);
        permits.channel = Optional.of(limiter.anyChannel(trunk, now));
        return permits;
    }

    /** For an emergency call, which nothing stops, and which counts nowhere but in the channels of its trunk. */
    static CallPermits unlimited(CallLimiter limiter) {
        return new CallPermits(limiter, "", true);
    }

    /** Takes a user's and a rule's, or none; fails with {@link CallRefused}. */
    static CallPermits of(CallLimiter limiter, String user, String rule, CallLimits ofRule, Instant now) {
        CallPermits permits = new CallPermits(limiter, rule, false);
        try {
            permits.held.add(limiter.user(user, now));
            permits.held.add(limiter.route(rule, ofRule, now));
            return permits;
        } catch (CallRefused e) {
            permits.close(now);
            throw e;
        }
    }

    /** Takes a trunk's later, and nothing else. */
    static CallPermits ofNoRule(CallLimiter limiter) {
        return new CallPermits(limiter, "", false);
    }

    /** Takes a rule's for a call that is nobody's, or counted for its user already; fails likewise. */
    static CallPermits ofRule(CallLimiter limiter, String rule, CallLimits ofRule, Instant now) {
        CallPermits permits = new CallPermits(limiter, rule, false);
        permits.held.add(limiter.route(rule, ofRule, now));
        return permits;
    }

    /** Changes to another trunk; false where that has reached its limits. */
    boolean trunk(String name, Instant now) {
        leaveTrunk(now);
        if (unlimited) {
            channel = Optional.of(limiter.anyChannel(name, now));
            return true;
        }
        channel = limiter.channel(name, Direction.OUTBOUND, now).permit();
        trunk = channel.flatMap(_ -> limiter.trunk(name, now));
        if (trunk.isEmpty()) {
            leaveTrunk(now);
        }
        return trunk.isPresent();
    }

    /** The call goes on by another trunk, which counts elsewhere. */
    void leaveTrunk(Instant now) {
        trunk.ifPresent(permit -> permit.close(now));
        trunk = Optional.empty();
        channel.ifPresent(permit -> permit.close(now));
        channel = Optional.empty();
    }

    void answered(Instant now) {
        held.forEach(permit -> permit.answered(now));
        trunk.ifPresent(permit -> permit.answered(now));
    }

    /** Whose minutes of today are used up while it talks. */
    Optional<Subject> spent(Instant now) {
        return Stream.concat(held.stream(), trunk.stream())
                .filter(permit -> permit.spent(now))
                .map(CallLimiter.Permit::subject)
                .findFirst();
    }

    /** The rule by which the call goes out, in words; empty where it goes by none. */
    String rule() {
        return rule;
    }

    void close(Instant now) {
        held.forEach(permit -> permit.close(now));
        leaveTrunk(now);
    }
}
