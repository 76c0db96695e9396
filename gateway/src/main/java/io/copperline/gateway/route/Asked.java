package io.copperline.gateway.route;

import java.time.Instant;

/**
 * A call that wants a route.
 *
 * @param user who calls; {@link #NOBODY}: a call in that goes on
 * @param caller the number that is shown, in E.164; empty where there is none
 * @param at when
 */
public record Asked(PhoneNumber number, String user, String caller, Instant at) {
    /** A call of no user's, which the rules take that are for everybody. */
    public static final String NOBODY = "";
}
