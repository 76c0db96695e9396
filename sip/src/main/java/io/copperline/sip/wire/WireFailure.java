package io.copperline.sip.wire;

/** Why a client transaction ended without a final response. */
public enum WireFailure {
    /** Nothing came back in time (RFC 3261 section 17, timers B and F). */
    TIMEOUT,
    /** The request could not be sent: no such host, connection refused, certificate not trusted. */
    UNREACHABLE
}
