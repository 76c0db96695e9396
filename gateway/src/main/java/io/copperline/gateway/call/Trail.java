package io.copperline.gateway.call;

import io.copperline.sip.IncomingCall;
import io.copperline.sip.Onward;
import java.util.List;

/**
 * How a call in has come here.
 *
 * @param trunk the one that has brought it
 * @param forwardedBy the numbers that have forwarded it, as the carrier wrote them
 * @param maxForwards how many more may send it on
 */
record Trail(String trunk, List<String> forwardedBy, int maxForwards) {
    /** From nowhere. */
    static final Trail NONE = new Trail("", List.of(), Onward.MAX_FORWARDS);

    Trail {
        forwardedBy = List.copyOf(forwardedBy);
    }

    static Trail of(IncomingCall call) {
        return new Trail(call.trunk(), call.forwardedBy(), call.maxForwards());
    }
}
