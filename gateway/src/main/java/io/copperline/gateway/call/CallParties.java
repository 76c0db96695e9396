package io.copperline.gateway.call;

import java.util.OptionalInt;

/**
 * Who calls whom.
 *
 * @param user the web user, on whichever side
 * @param from caller, in E.164 where it could be normalised; empty where it is withheld
 * @param to called number, likewise
 * @param maxSeconds how long they may talk
 */
record CallParties(CallSnapshot.Direction direction, String user, String from, String to, OptionalInt maxSeconds) {}
