package io.copperline.gateway.call;

import io.copperline.sip.Diversion;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.Onward;
import java.util.List;

/**
 * How a call in has come here.
 *
 * @param trunk the one that has brought it
 * @param sipCallId of its leg
 * @param diversions who has forwarded it, the last one first
 * @param forwardedBy the numbers that have, as the carrier wrote them, also hidden ones
 * @param maxForwards how many more may send it on
 */
record Trail(String trunk, String sipCallId, List<Diversion> diversions, List<String> forwardedBy, int maxForwards) {
    /** From nowhere. */
    static final Trail NONE = new Trail("", "", List.of(), List.of(), Onward.MAX_FORWARDS);

    Trail {
        diversions = List.copyOf(diversions);
        forwardedBy = List.copyOf(forwardedBy);
    }

    static Trail of(IncomingCall call, String sipCallId) {
        return new Trail(call.trunk(), sipCallId, call.diversions(), call.forwardedBy(), call.maxForwards());
    }

    /** How often it was forwarded. */
    int timesForwarded() {
        return diversions.stream().mapToInt(Diversion::count).sum();
    }
}
