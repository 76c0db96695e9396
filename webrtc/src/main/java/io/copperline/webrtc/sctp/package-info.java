/**
 * SCTP (RFC 9260) as WebRTC uses it over DTLS (RFC 8261, RFC 8831): one association with one path, message streams over it.
 * No socket, thread, clock or random source inside: packets, {@code nowNanos} and a generator come in, packets and events
 * go to the {@code AssociationSink} passed in.
 *
 * <pre>
 * onPacket -> PacketReader -> Handshake ..... INIT, INIT ACK, COOKIE ECHO, COOKIE ACK (a signed cookie; no state for an INIT)
 *                          -> DataReceiver .. TsnWindow (what has come), Reassembly (messages in order), SACK
 *                          -> DataSender .... Outstanding (what is unacknowledged), CongestionWindow, T3, FORWARD TSN
 *                          -> StreamReset, Heartbeat, Shutdown
 * send     -> SendQueue    -> DataSender -> Outbox (bundles chunks into packets) -> sink.transmit
 * </pre>
 *
 * <p>With it: partial reliability (RFC 3758, RFC 7496's two policies), stream reset (RFC 6525), SACK-IMMEDIATELY (RFC 7053).
 *
 * <p>Memory is bounded: what is sent by {@code sendBufferBytes}, what is received by {@code receiveWindowBytes} and one
 * message, streams and TSNs by fixed numbers. What is malformed is counted by its {@code SctpDrop} and dropped; what breaks
 * the protocol once the association stands ends it by an ABORT that says why.
 *
 * <p>Left out: I-DATA and message interleaving (RFC 8260, {@code ndata}: messages of one association follow each other;
 * neither Chromium nor Firefox needs it to talk to us), several addresses (ICE owns the path), AUTH and ASCONF (DTLS
 * authenticates), ECN (DTLS hides it), zero checksum (RFC 9653: the CRC is cheap), path MTU discovery (1200 bytes, RFC 8831
 * section 5 allows it), adding streams and the resets that ask for our side (RFC 6525 sections 4.2, 4.3, 4.5, 4.6: denied),
 * priorities of channels (streams take turns by message).
 */
package io.copperline.webrtc.sctp;
