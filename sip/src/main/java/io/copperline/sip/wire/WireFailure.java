package io.copperline.sip.wire;

/** Why a client transaction ended without a final response. */
public enum WireFailure {
    /** Nothing came back in time (RFC 3261 section 17, timers B and F). */
    TIMEOUT,
    /** The request could not be sent: no such host, connection refused. */
    UNREACHABLE,
    /** The peer's certificate is not good: out of date, for another name, or of an authority that we do not know. */
    BAD_CERTIFICATE,
    /** The peer has refused to speak TLS with us, mostly for our certificate. */
    HANDSHAKE_REFUSED
}
