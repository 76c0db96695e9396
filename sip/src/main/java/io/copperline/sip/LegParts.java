package io.copperline.sip;

import io.copperline.sip.wire.SipWire;

/** What the legs of an endpoint share. */
record LegParts(SipWire wire, Timers timers, Legs legs, Tokens tokens, Drops drops, Stir stir) {}
