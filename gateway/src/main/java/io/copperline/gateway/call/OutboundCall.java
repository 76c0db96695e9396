package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.NumberForm;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLegListener;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * From a browser to a phone. The browser has its answer at once; the trunks of the route are tried in order, the next one
 * only as long as no phone has rung.
 */
final class OutboundCall extends Call {
    private final List<String> route;
    private List<String> trunks = List.of();
    private int attempt = -1;
    private boolean rang;
    private boolean tried;

    OutboundCall(CallId id, CallParties parties, List<String> route, CallHome home) {
        super(id, parties, home);
        this.route = route;
    }

    /** Answers the browser and begins to dial. */
    PlacedCall place(String offer) {
        announceSound(route.stream());
        String answer;
        try {
            answer = answerBrowser(offer);
        } catch (CallRefused e) {
            abandon();
            throw e;
        }
        // Those that are known to be down come last: an OPTIONS may be wrong, and there is nothing to lose.
        Map<Boolean, List<String>> byUse = route.stream().collect(Collectors.partitioningBy(home().trunks()::usable));
        trunks = Stream.concat(byUse.get(true).stream(), byUse.get(false).stream())
                .toList();
        dialNext();
        return new PlacedCall(id(), answer);
    }

    private void dialNext() {
        attempt++;
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
        CallDetails details = parties().details();
        OutgoingCall wanted = new OutgoingCall(
                parties().to(),
                parties().from(),
                details.name(),
                parties().withheld(),
                /* otherWays= */ attempt + 1 < trunks.size(),
                details.diversion(),
                details.headers(),
                NumberForm.E164); // the trunk's own form is the trunk lines' to choose
        leg(home().trunks().call(name, wanted, local, home(), new Attempt(attempt)), name);
    }

    @Override
    boolean hasBrowser() {
        return true; // Its offer is what made the call.
    }

    @Override
    void leave(CallSnapshot.State before, CallEvent.Ended last) {
        // The browser hears of it by the event; there is nobody else to tell.
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
            talk();
        }
    }

    private void attemptEnded(SipEnd end) {
        boolean another = attempt + 1 < trunks.size();
        if (!over() && end.retryable() && another && !rang && state() == CallSnapshot.State.STARTING) {
            noLeg();
            dialNext();
        } else {
            super.ended(end);
        }
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
