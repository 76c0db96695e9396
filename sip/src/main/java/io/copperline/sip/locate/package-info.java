/**
 * Where a carrier's servers are (RFC 3263): from a host name to an ordered list of address, port and transport.
 *
 * <pre>
 *   Wanted (host, port?, transports) --> Locator --NAPTR--> SRV --> A, AAAA --> Located (what DNS says)
 *                                           | asks                                 | order(random): RFC 2782
 *                                        DnsCache (by TTL, stale where DNS fails)  v
 *                                           |                                    Target, Target, ...
 *                                        Dns, a port: DnsJava is the real one
 * </pre>
 *
 * <p>Looking up blocks and is an errand of the trunk's; ordering does not and happens for each call, so that weights count.
 *
 * <p>RFC 3263 section 4 (the client's side), 2782 (SRV), 3403 (NAPTR), 2308 (negative answers), 8767 (stale answers).
 *
 * <p>Left out: the server's side of RFC 3263 (section 5: responses go back to where requests came from), NAPTR with a regular
 * expression (RFC 3263 uses none), DNSSEC (the resolver's to check), services over SCTP and WebSocket.
 */
package io.copperline.sip.locate;
