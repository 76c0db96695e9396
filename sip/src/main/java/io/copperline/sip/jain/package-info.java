/**
 * JAIN-SIP behind {@link io.copperline.sip.wire.SipWire}: the only package that imports {@code javax.sip} and {@code gov.nist}.
 * It translates and decides nothing.
 *
 * <p>The stack gives us parsing, transactions with their timers, and transports. Its dialogs are switched off: with them it
 * would ACK, repeat, refuse and forget on its own account, and some of that is wrong (a forked 2xx, the 2xx repetition race, tags
 * that stay for ever). What it needs against the open Internet is here too: {@link io.copperline.sip.jain.MessageGuard}
 * stands before its parser, because one datagram could otherwise end its only UDP thread; our own sockets layer gives TLS
 * with host name checks and bounded connects; our own timer dies with the stack. What the stack would say to a malformed datagram by itself
 * (a 400 whose head ends too early, with the whole request behind it) is put right as it goes out, and its 100 is said in order
 * with our own answers.
 *
 * <p>One thread per UDP port keeps a call's messages in order; sending happens on virtual threads, in order for each Call-ID,
 * since a TCP or TLS connect blocks. Left out: JAIN's WebSocket (browser signalling does not come this way) and SCTP.
 */
package io.copperline.sip.jain;
