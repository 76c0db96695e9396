/**
 * Where a call goes. {@link io.copperline.gateway.route.Numbers} turns what people and carriers write into E.164
 * (ITU-T E.164, RFC 3966 global numbers), then {@link io.copperline.gateway.route.Routes} matches:
 *
 * <pre>
 *   browser: written number -> Routes.emergency -> its own trunks
 *                           -> Numbers.dialled -> Routes.outbound -> trunks, best first, or why there is none
 *   trunk:   Request-URI user -> Routes.inbound -> RouteIn: web users, a number, or a refusal
 * </pre>
 *
 * A rewritten number never comes back to the rules, so there are no loops here; that a call which goes on to a number comes in
 * again is the call's own to notice.
 *
 * <p>Left out: short numbers other than emergency numbers (they have no E.164 form), where a caller is (no carrier is sent
 * a place with an emergency call), and least-cost tables.
 */
package io.copperline.gateway.route;
