package io.copperline.gateway.call;

import io.copperline.gateway.ops.Logs;
import io.copperline.sip.Destination;
import io.copperline.sip.Diversion;
import io.copperline.sip.NumberForm;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEnd;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ways by which a call goes on to a number: those of its rule, then those of the places to which a carrier redirects it. Owned by the call. */
final class ForwardWays {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardWays.class);

    private final InboundCall call;
    private final ForwardPlan plan;
    private final Deque<Way> left;
    private final Redirections redirections;
    /** Who has forwarded it, the last one first. */
    private List<Diversion> diversions;

    ForwardWays(InboundCall call, ForwardPlan plan) {
        this.call = call;
        this.plan = plan;
        left = new ArrayDeque<>(plan.ways());
        redirections = new Redirections(plan.ways());
        diversions = plan.diversions();
    }

    /** The next one whose trunk is below its limits, of which it takes its part. */
    Optional<Way> next() {
        while (!left.isEmpty()) {
            Way way = left.removeFirst();
            if (plan.permits().trunk(way.trunk(), call.now())) {
                return Optional.of(way);
            }
        }
        return Optional.empty();
    }

    /** What is asked of the trunk. */
    OutgoingCall wanted(Way way) {
        return new OutgoingCall(
                way.to(),
                way.shown(),
                plan.withheld() ? Optional.empty() : call.parties().details().name(),
                plan.withheld(),
                /* otherWays= */ !left.isEmpty(),
                diversions,
                Map.of(),
                NumberForm.E164, // the trunk's own form is the trunk lines' to choose
                way.onward().forwarded(plan.maxForwards()),
                Optional.empty());
    }

    /**
     * Whether it goes on to where the carrier sends it, a phone that has rung, too.
     *
     * @param end how this way has ended
     * @param contacts where it is sent
     */
    boolean follow(Way way, SipEnd end, List<Destination> contacts, boolean rang) {
        List<Way> next =
                redirections.follow(end, () -> call.home().forwards().redirected(contacts, plan.shown(), way.trunk()));
        if (next.isEmpty()) {
            return false;
        }
        left.clear();
        left.addAll(next);
        // The redirection is one more diversion, of the number that was called last (RFC 5806 section 5).
        Diversion.Reason why = rang ? Diversion.Reason.DEFLECTION : Diversion.Reason.UNCONDITIONAL;
        String by = call.home().onwards().shown(way.to(), way.trunk());
        diversions = Stream.concat(Stream.of(new Diversion(by, why, false)), diversions.stream())
                .toList();
        String to = next.getFirst().to();
        try (var _ = Logs.call(call.id())) {
            LOG.info("The call is redirected to {}", to);
        }
        call.story().tell(new CallEvent.Redirected(call.now(), to));
        return true;
    }
}
