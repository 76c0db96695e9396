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

    /** The state of an outgoing leg that had a 2xx. */
    static final class Lingering implements LegState {
        private final Leg leg;
        private final Acks acks;

        private Lingering(Leg leg, Acks acks) {
            this.leg = leg;
            this.acks = acks;
        }

        /** Over for the owner, while the wire may still bring repetitions. */
        static void at(Leg leg, Acks acks, SipEnd end) {
            Lingering state = new Lingering(leg, acks);
            leg.become(state);
            leg.end(end);
            leg.after(state, LINGER, leg::forget);
        }

        @Override
        public void onInviteResponse(Response response) {
            acks.repeatOrDecline(response);
        }

        @Override
        public void onReplaces(Replaces replaces, IncomingCall by) {
            by.refuse(603, 0);
        }

        @Override
        public void onRequest(Request request, ServerExchange exchange) {
            exchange.respond(leg.respond(request, 481));
        }
    }
}
