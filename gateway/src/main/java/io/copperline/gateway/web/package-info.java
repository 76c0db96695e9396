/**
 * The browser-facing side: the HTTP call API, the WebSocket {@code /v1/phone}, the phone page and the browser library, and
 * the operator's {@code /health} and {@code /metrics}. It places and follows calls through
 * {@link io.copperline.gateway.call.Calls} and is told of incoming ones through
 * {@link io.copperline.gateway.call.Presence}; it knows no media and no SIP.
 *
 * <pre>
 *  socket => Front: headers, peer, rate of the address, origin, token, rate of the user
 *              |- HttpApi      /v1/calls..., /v1/ice-servers              \
 *              |- EventStream  /v1/calls/{id}/events   CallFeed => SSE     } => Calls
 *              |- PhoneSockets /v1/phone      Tab: messages, CallFeeds    /
 *              |- OpsPages     /health/..., /metrics, /lab/token
 *              '- StaticPages  / and /copperline/...
 *  Calls =>    WebUsers (Presence) => every Tab of a user
 * </pre>
 *
 * <p>One event loop owns all of it, so there is not one lock here; what comes from a call's shard hops to {@code Loop}
 * first. Blocking errands (fetching public keys, reading certificate files, a metrics scrape) run on virtual threads.
 *
 * <p>RFC 9110 and 9457 (HTTP, problem details), RFC 9725 (the manners of WHIP: offer by POST, trickle by PATCH, end by
 * DELETE, ICE servers by Link), draft-uberti-behave-turn-rest-00 (their passwords), RFC 8840 (trickle fragments, passed on
 * unread), RFC 6455 (WebSocket), RFC 6750 and 7519 (bearer tokens), the HTML standard (server-sent events) and the Fetch
 * standard (CORS). Left out: cookies and sign-in (tokens come from the operator's own service), request compression (a
 * bomb), WebSocket over HTTP/2 (browsers open HTTP/1.1 for it).
 */
package io.copperline.gateway.web;
