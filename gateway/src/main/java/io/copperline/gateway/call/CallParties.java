package io.copperline.gateway.call;

import java.util.OptionalInt;

/**
 * Who calls whom.
 *
 * @param user the web user, on whichever side
 * @param from caller, in E.164 where it could be normalised; empty where it is not known
 * @param withheld whether the called shall not see who calls
 * @param to called number, likewise
 * @param maxSeconds how long they may talk
 * @param details what the call tells beside
 */
record CallParties(
        CallSnapshot.Direction direction,
        String user,
        String from,
        boolean withheld,
        String to,
        OptionalInt maxSeconds,
        CallDetails details) {
    CallParties(
            CallSnapshot.Direction direction,
            String user,
            String from,
            boolean withheld,
            String to,
            OptionalInt maxSeconds) {
        this(direction, user, from, withheld, to, maxSeconds, CallDetails.NONE);
    }

    CallParties of(String other) {
        return new CallParties(direction, other, from, withheld, to, maxSeconds, details);
    }
}
