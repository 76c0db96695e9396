/**
 * Where a call goes. {@link io.copperline.gateway.route.Numbers} turns what people and carriers write into E.164
 * (ITU-T E.164, RFC 3966 global numbers), then {@link io.copperline.gateway.route.Routes} matches:
 *
 * <pre>
 *   browser: written number -> Numbers.dialled -> Routes.outbound -> trunks, best first, or why there is none
 *   trunk:   Request-URI user -> Routes.inbound -> web user
 * </pre>
 *
 * Left out: emergency and other short numbers (they have no E.164 form, and a web page has no place to send help to),
 * least-cost tables and time-of-day rules.
 */
package io.copperline.gateway.route;
