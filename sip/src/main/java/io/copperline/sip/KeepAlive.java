package io.copperline.sip;

import java.time.Duration;

/**
 * How the way to a carrier is kept open (RFC 5626 section 3.5).
 *
 * @param kind what is sent
 * @param interval how often; zero: as the carrier says (Flow-Timer), or else as RFC 5626 section 4.4 has it
 */
public record KeepAlive(Kind kind, Duration interval) {
    /** What is sent. */
    public enum Kind {
        /** Where we register: an empty line over TCP and TLS, STUN over UDP, and an empty line there if STUN is not answered. */
        AUTO,
        /** An empty line. */
        CRLF,
        /** A STUN Binding request, over UDP only. */
        STUN,
        OFF
    }

    public static final KeepAlive USUAL = new KeepAlive(Kind.AUTO, Duration.ZERO);
}
