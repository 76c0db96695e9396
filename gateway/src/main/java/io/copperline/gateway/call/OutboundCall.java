package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.gateway.ops.Logs;
import io.copperline.sip.NumberForm;
import io.copperline.sip.Onward;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a browser to a phone. The browser has its answer at once; the trunks of the route are tried in order, the next one
 * only as long as no phone has rung.
 */
final class OutboundCall extends Call {
    private static final Logger LOG = LoggerFactory.getLogger(OutboundCall.class);

    private final Course course;
    private final CallPermits permits;
    private List<Way> ways = List.of();
    private Redirections redirections = new Redirections(List.of());
    private int attempt = -1;
    private boolean rang;
    private boolean tried;

    OutboundCall(CallId id, CallParties parties, Course course, CallPermits permits, CallHome home) {
        super(id, parties, home);
        this.course = course;
        this.permits = permits;
        moves().count(permits);
    }

    /** Answers the browser and begins to dial. */
    PlacedCall place(String offer) {
        offers().announceSound(course.trunks().stream());
        String answer;
        try {
            answer = offers().answer(offer);
        } catch (CallRefused e) {
            permits.close(now());
            abandon();
            throw e;
        }
        ways = home().trunks().usableFirst(course.trunks()).stream()
                .map(trunk -> new Way(trunk, course.dialled(), course.shown(), Onward.NONE))
                .toList();
        redirections = new Redirections(ways);
        if (course.emergency()) {
            log(() -> LOG.warn(
                    "Emergency call of {} to {}", parties().user(), parties().to()));
        }
        if (nextWay()) {
            dialNext();
        } else {
            end(EndCode.LIMIT_REACHED, CallEvent.Party.GATEWAY);
        }
        return new PlacedCall(id(), answer);
    }

    private void log(Runnable line) {
        try (var _ = Logs.call(id())) {
            line.run();
        }
    }

    /** Goes on to the next way whose trunk is below its limits; false where there is none. */
    private boolean nextWay() {
        int next = attempt + 1;
        while (next < ways.size() && !permits.trunk(ways.get(next).trunk(), now())) {
            next++;
        }
        if (next == ways.size()) {
            return false;
        }
        attempt = next;
        return true;
    }

    private void dialNext() {
        int current = attempt;
        Way way = ways.get(current);
        media().openTrunk(home().trunks().settings(way.trunk())).whenComplete((local, failure) -> {
            if (over() || current != attempt) {
                return;
            }
            if (failure == null) {
                dial(way, local);
            } else {
                end(EndCode.CONGESTION, CallEvent.Party.GATEWAY);
            }
        });
    }

    private void dial(Way way, LocalAudio local) {
        CallDetails details = parties().details();
        OutgoingCall wanted = new OutgoingCall(
                way.to(),
                way.shown(),
                details.name(),
                parties().withheld(),
                /* otherWays= */ attempt + 1 < ways.size(),
                details.diversion().stream().toList(),
                details.headers(),
                NumberForm.E164, // the trunk's own form is the trunk lines' to choose
                way.onward(),
                course.help());
        leg(home().trunks().call(way.trunk(), wanted, local, home(), newEar()), way.trunk());
    }

    @Override
    boolean hasBrowser() {
        return true; // Its offer is what made the call.
    }

    @Override
    void leave(CallSnapshot.State before, CallEvent.Ended last) {
        if (course.emergency()) {
            log(() -> LOG.warn("The emergency call ended: {} by {}", last.code().wireName(), last.by()));
        }
    }

    @Override
    void browserConnected() {
        // The phone may ring long before, or not yet: nothing waits for the browser's path.
    }

    @Override
    public void trying() {
        if (!over() && !tried) {
            tried = true;
            story().tell(new CallEvent.Trying(now()));
        }
    }

    @Override
    public void ringing() {
        if (over() || talking()) {
            return;
        }
        media().ringback(true);
        if (!rang) {
            rang = true;
            if (state() == CallSnapshot.State.STARTING) {
                enter(CallSnapshot.State.RINGING);
            }
            story().tell(new CallEvent.Ringing(now()));
        }
    }

    @Override
    public void answered() {
        if (!over()) {
            permits.answered(now());
            talk();
        }
    }

    @Override
    public void ended(SipEnd end) {
        if (over()) {
            return;
        }
        int failed = attempt;
        if ((follows(end) || mayGoOn(end)) && nextWay()) {
            if (course.emergency()) {
                tellOfFailure(ways.get(failed).trunk(), end);
            }
            noLeg();
            dialNext();
        } else {
            super.ended(end);
        }
    }

    private boolean mayGoOn(SipEnd end) {
        if (course.emergency()) {
            return !talking(); // One carrier's no is not the last word.
        }
        return end.retryable() && !rang && state() == CallSnapshot.State.STARTING;
    }

    /** Somebody waits for help: whoever looks after the call must see that it takes another way. */
    private void tellOfFailure(String trunk, SipEnd end) {
        EndCode code = EndCodes.of(end);
        story().tell(new CallEvent.NextTrunk(now(), trunk, code));
        log(() -> LOG.warn(
                "Trunk {} failed the emergency call: {} (SIP {}); trying {}",
                trunk,
                code.wireName(),
                end.status(),
                ways.get(attempt).trunk()));
    }

    // Also of a phone that has rung: that is how it forwards whom nobody answers.
    private boolean follows(SipEnd end) {
        if (talking()) {
            return false;
        }
        List<Way> next = redirections.follow(
                end,
                () -> home().onwards()
                        .redirected(
                                leg().map(SipLeg::redirections).orElse(List.of()),
                                trunk(),
                                home().trunks().settings(trunk()).transfers().redirects()));
        if (next.isEmpty()) {
            return false;
        }
        ways = Stream.concat(ways.subList(0, attempt + 1).stream(), next.stream())
                .toList();
        story().tell(new CallEvent.Redirected(now(), next.getFirst().to()));
        return true;
    }
}
