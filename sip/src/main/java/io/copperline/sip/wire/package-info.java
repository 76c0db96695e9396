/**
 * The port to the SIP stack: messages as plain records, transactions as two small interfaces. Whoever decides about calls sees
 * only this package, so calls are tested against a fake in memory.
 *
 * <pre>
 *   SipWire.request  ---> client transaction ---> ResponseListener
 *   SipWire.ack      ---> no transaction (RFC 3261 section 13.2.2.4)
 *   WireListener     <--- server transaction <--- the network;  ServerExchange.respond answers
 * </pre>
 *
 * The port has transactions (RFC 3261 section 17) and transports (section 18) but no dialogs: tags, route sets, CSeq numbers,
 * the ACK of a 2xx and the retransmission of a 2xx belong to the leg, which must see them to be right about forks and races.
 * Also here: the few pieces of SIP grammar that legs read (RFC 3261 section 25), bounded and without exceptions that surface.
 * Left out: SIP over WebSocket; where to send is decided by whoever sends ({@code NextHop}).
 */
package io.copperline.sip.wire;
