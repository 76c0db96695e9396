package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.time.Duration;

/** The leg is over. A 2xx that is still repeated, or comes late from another fork, must be acknowledged for a while. */
final class Over implements LegState {
    /** 64*T1 (RFC 3261 section 17.1.1.1): how long the far side repeats. */
    static final Duration LINGER = Duration.ofSeconds(32);

    private final Leg leg;

    Over(Leg leg) {
        this.leg = leg;
    }

    /** Over, and nothing more can come. */
    static void at(Leg leg, SipEnd end) {
        leg.become(new Over(leg));
        leg.end(end);
        leg.forget();
    }

    @Override
    public void onRequest(Request request, ServerExchange exchange) {
        exchange.respond(leg.respond(request, 481));
    }

    // RFC 3891 section 3: that dialog is over.
    @Override
    public void onReplaces(Replaces replaces, IncomingCall by) {
        by.refuse(603, 0);
    }

    /** The state of an outgoing leg that had a 2xx, and of any whose REFER is still reported on. */
    static final class Lingering implements LegState {
        private final Leg leg;
        private final Acks acks;
        private boolean subscribed;

        private Lingering(Leg leg, Acks acks, boolean subscribed) {
            this.leg = leg;
            this.acks = acks;
            this.subscribed = subscribed;
        }

        /** Over for the owner, while the wire may still bring repetitions. */
        static void at(Leg leg, Acks acks, SipEnd end) {
            at(leg, acks, end, false);
        }

        /** @param subscribed whether the peer may still tell what has come of a REFER of ours */
        static void at(Leg leg, Acks acks, SipEnd end, boolean subscribed) {
            Lingering state = new Lingering(leg, acks, subscribed);
            leg.become(state);
            leg.end(end);
            leg.after(state, subscribed ? OwnRefer.PATIENCE : LINGER, leg::forget);
        }

        @Override
        public void onInviteResponse(Response response) {
            acks.repeatOrDecline(response);
        }

        @Override
        public void onReplaces(Replaces replaces, IncomingCall by) {
            by.refuse(603, 0);
        }

        // RFC 5057 section 4: BYE ends the session alone, and the dialog lives on until the subscription ends, too.
        @Override
        public void onRequest(Request request, ServerExchange exchange) {
            boolean news = subscribed && request.is("NOTIFY") && OwnRefer.isRefer(request);
            exchange.respond(leg.respond(request, news ? 200 : 481));
            subscribed &= !(news && OwnRefer.isLast(request));
        }
    }
}
