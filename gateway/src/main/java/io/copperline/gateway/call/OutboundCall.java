package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.gateway.ops.Logs;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLegListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    private List<String> trunks = List.of();
    private int attempt = -1;
    private boolean rang;
    private boolean tried;

    OutboundCall(CallId id, CallParties parties, Course course, CallPermits permits, CallHome home) {
        super(id, parties, home);
        this.course = course;
        this.permits = permits;
    }

    /** Answers the browser and begins to dial. */
    PlacedCall place(String offer) {
        announceSound(course.trunks().stream());
        String answer;
        try {
            answer = answerBrowser(offer);
        } catch (CallRefused e) {
            permits.close(now());
            abandon();
            throw e;
        }
        // Those that are known to be down come last: an OPTIONS may be wrong, and there is nothing to lose.
        Map<Boolean, List<String>> byUse =
                course.trunks().stream().collect(Collectors.partitioningBy(home().trunks()::usable));
        trunks = Stream.concat(byUse.get(true).stream(), byUse.get(false).stream())
                .toList();
        if (course.emergency()) {
            log(() -> LOG.warn(
                    "Emergency call of {} to {}", parties().user(), parties().to()));
        }
        if (nextTrunk()) {
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

    /** Goes on to the next trunk that is below its limits; false where there is none. */
    private boolean nextTrunk() {
        int next = attempt + 1;
        while (next < trunks.size() && !permits.trunk(trunks.get(next), now())) {
            next++;
        }
        if (next == trunks.size()) {
            return false;
        }
        attempt = next;
        return true;
    }

    private void dialNext() {
        int current = attempt;
        String name = trunks.get(current);
        media().openTrunk(home().trunks().settings(name)).whenComplete((local, failure) -> {
            if (over() || current != attempt) {
                return;
            }
            if (failure == null) {
                dial(name, local);
            } else {
                end(EndCode.CONGESTION, CallEvent.Party.GATEWAY);
            }
        });
    }

    private void dial(String name, LocalAudio local) {
        OutgoingCall wanted = new OutgoingCall(
                course.dialled(),
                course.shown(),
                Optional.empty(),
                parties().withheld(),
                /* otherWays= */ attempt + 1 < trunks.size(),
                course.emergency());
        leg(home().trunks().call(name, wanted, local, home(), new Attempt(attempt)), name);
    }

    @Override
    boolean hasBrowser() {
        return true; // Its offer is what made the call.
    }

    @Override
    void leave(CallSnapshot.State before, CallEvent.Ended last) {
        permits.close(now());
        if (course.emergency()) {
            log(() -> LOG.warn("The emergency call ended: {} by {}", last.code().wireName(), last.by()));
        }
    }

    @Override
    public void browserConnected() {
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

    private void attemptEnded(SipEnd end) {
        int failed = attempt;
        if (!over() && mayGoOn(end) && nextTrunk()) {
            if (course.emergency()) {
                tellOfFailure(trunks.get(failed), end);
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
                trunks.get(attempt)));
    }

    /** One trunk's leg; what an earlier one still says is no longer heard. */
    private final class Attempt implements SipLegListener {
        private final int number;

        Attempt(int number) {
            this.number = number;
        }

        private boolean current() {
            return number == attempt;
        }

        @Override
        public void trying() {
            if (current()) {
                OutboundCall.this.trying();
            }
        }

        @Override
        public void ringing() {
            if (current()) {
                OutboundCall.this.ringing();
            }
        }

        @Override
        public void audio(NegotiatedAudio negotiated, boolean early) {
            if (current()) {
                OutboundCall.this.audio(negotiated, early);
            }
        }

        @Override
        public void answered() {
            if (current()) {
                OutboundCall.this.answered();
            }
        }

        @Override
        public void dtmf(char digit, int durationMillis) {
            if (current()) {
                OutboundCall.this.dtmf(digit, durationMillis);
            }
        }

        @Override
        public void ended(SipEnd end) {
            if (current()) {
                attemptEnded(end);
            }
        }
    }
}
