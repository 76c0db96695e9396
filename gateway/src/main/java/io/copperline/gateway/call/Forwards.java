package io.copperline.gateway.call;

import io.copperline.config.Treatment.Forward;
import io.copperline.gateway.route.Asked;
import io.copperline.gateway.route.PhoneNumber;
import io.copperline.gateway.route.RouteMatch;
import io.copperline.gateway.route.Routes;
import io.copperline.sip.Destination;
import io.copperline.sip.Diversion;
import io.copperline.sip.Onward;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Whether a call in may go on to a number, and by which trunks. It is nobody's call: it goes by the rules that are for everybody, is barred
 * as every call out, and counts against the limits of its rule and its trunks. Used from any thread.
 */
record Forwards(
        CallPlanner planner,
        TrunkLines trunks,
        Admission admission,
        Circles circles,
        InstantSource clock,
        RandomGenerator random) {
    /** So often may a call have been forwarded before it comes here. */
    private static final int MOST_FORWARDERS = 5;

    /**
     * Plans it; fails with {@link CallRefused}, whose message is for the operator.
     *
     * @param why it is forwarded
     */
    ForwardPlan plan(Forward forward, Diversion.Reason why, CallParties parties, Trail trail) {
        PhoneNumber to = planner.dialled(forward.number());
        refuseCircles(to, parties, trail);
        String shown = Routes.shown(forward, parties.from(), parties.to());
        Instant now = clock.instant();
        RouteMatch match = planner.route(new Asked(to, Asked.NOBODY, shown, now), PlaceCall.Limits.NONE);
        Circles.Turn turn =
                circles.enter(new Circles.Passing(parties.from(), parties.to(), shown, trail.sipCallId()), now);
        CallPermits permits = permits(match, turn, now);
        return new ForwardPlan(
                to.e164(),
                Way.by(match, Onward.NONE, trunks, random),
                shown,
                forward.as() == Forward.As.CALLER && parties.withheld(),
                diversions(new Diversion(parties.to(), why, false), trail),
                trail.maxForwards() - 1,
                permits,
                turn);
    }

    /**
     * The ways that a 3xx leaves open to a call that has gone on, best first, as {@link Onwards#redirected} has them; none to a number that is
     * called here.
     */
    List<Way> redirected(List<Destination> contacts, String shown, String trunk) {
        List<Destination> others = contacts.stream()
                .filter(to ->
                        planner.number(to.user(), trunk).filter(planner::isOurs).isEmpty())
                .toList();
        return new Onwards(planner, trunks, admission, Asked.NOBODY, shown, PlaceCall.Limits.NONE, clock, random)
                .redirected(others, trunk, trunks.settings(trunk).transfers().redirects());
    }

    /** RFC 5806 section 5: who forwards says so before those who did. */
    private List<Diversion> diversions(Diversion by, Trail trail) {
        Stream<Diversion> before = trail.diversions().stream()
                .map(one -> new Diversion(
                        planner.shown(one.number(), trail.trunk()), one.reason(), one.withheld(), one.count()));
        return Stream.concat(Stream.of(by), before).toList();
    }

    private CallPermits permits(RouteMatch match, Circles.Turn turn, Instant now) {
        try {
            return admission.forwarded(match, now);
        } catch (CallRefused e) {
            turn.over();
            throw e;
        }
    }

    private void refuseCircles(PhoneNumber to, CallParties parties, Trail trail) {
        if (planner.isOurs(to)) {
            throw Circles.circle("the number is called here itself: name its users instead");
        }
        if (trail.maxForwards() <= 1) {
            throw Circles.circle("it has come by as many as may send a call on (Max-Forwards)");
        }
        List<String> before = trail.forwardedBy().stream()
                .map(number -> planner.shown(number, trail.trunk()))
                .toList();
        if (before.contains(parties.to())) {
            throw Circles.circle("the called number has forwarded it before");
        }
        int times = Math.max(trail.timesForwarded(), before.size());
        if (times >= MOST_FORWARDERS) {
            throw Circles.circle("it was forwarded " + times + " times before");
        }
    }
}
