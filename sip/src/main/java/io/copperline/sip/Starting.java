package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.ServerExchange;

/** The leg exists, but its owner has not come to sending the INVITE. */
final class Starting implements LegState {
    private final Leg leg;

    Starting(Leg leg) {
        this.leg = leg;
    }

    @Override
    public void hangUp(int q850) {
        Over.at(leg, Ends.cancelled(SipEnd.By.LOCAL, q850));
    }

    @Override
    public void onRequest(Request request, ServerExchange exchange) {
        exchange.respond(leg.respond(request, 481));
    }
}
