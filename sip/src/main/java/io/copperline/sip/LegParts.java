package io.copperline.sip;

import io.copperline.sip.wire.SipWire;

/** What the legs of a trunk share; the wire is the trunk's own, the rest the endpoint's. */
record LegParts(SipWire wire, Timers timers, Legs legs, Tokens tokens, Drops drops, Stir stir) {

    /** The same, but for the wire. */
    LegParts by(SipWire other) {
        return new LegParts(other, timers, legs, tokens, drops, stir);
    }
}
