package io.copperline.gateway.route;

import java.time.Instant;

/**
 * A call that wants a route.
 *
 * @param caller the number that is shown, in E.164; empty where there is none
 * @param at when
 */
public record Asked(PhoneNumber number, String user, String caller, Instant at) {}
