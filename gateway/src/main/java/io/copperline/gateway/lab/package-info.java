/**
 * The built-in carrier: a SIP user agent with its own stack and sockets on loopback, which the gateway reaches through an
 * ordinary trunk. People try the first call with it, and tests call it.
 *
 * <pre>
 *   SipEndpoint --INVITE--> Switchboard --+-- its own numbers --> ScriptedCall ---- AudioStream --RTP--
 *                                         |        (Act)              |  hung up on: CallBack
 *                                         +-- any other ------> ForwardedCall ==== two AudioStreams
 * </pre>
 *
 * <p>{@link io.copperline.gateway.lab.LabCarrier} is the way in. Everything but the SIP stack happens on the one thread of a
 * {@code LabLoop}: SIP events, timers, packets and the 20 ms tick by which all audio goes out; so nothing here is locked. The SIP
 * is the gateway's own module, RFC 3261 with what that module says; the audio is G.711 in RTP (RFC 3550, 3551) with
 * telephone-events (RFC 4733) and RTCP.
 *
 * <p>Left out on purpose: registration, TLS and SRTP (nothing leaves the machine), a jitter buffer (loopback neither loses nor
 * reorders: a fixed delay keeps an echo true to the sample), other codecs, and calls to anywhere but the gateway.
 */
package io.copperline.gateway.lab;
