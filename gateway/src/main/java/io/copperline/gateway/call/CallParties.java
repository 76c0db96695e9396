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
 * @param verstat whether a call's caller is who he says, such as {@code TN-Validation-Passed-A}; empty: nobody has looked
 */
record CallParties(
        CallSnapshot.Direction direction,
        String user,
        String from,
        boolean withheld,
        String to,
        OptionalInt maxSeconds,
        String verstat) {}
