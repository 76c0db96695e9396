package io.copperline.webrtc.sctp;

/** Why an association ended. */
public enum SctpFailure {
    /** We closed it. */
    CLOSED_LOCALLY,
    /** The other side shut it down in order (RFC 9260 section 9.2). */
    CLOSED_BY_PEER,
    /** The other side broke it off; its cause is beside this. */
    ABORTED_BY_PEER,
    /** Nobody answered our INIT or COOKIE ECHO. */
    HANDSHAKE_TIMEOUT,
    /** Nothing was acknowledged any more (RFC 9260 section 8.1). */
    PEER_UNREACHABLE,
    /** The other side sent a message larger than we announced. */
    MESSAGE_TOO_LARGE,
    /** The other side broke the protocol. */
    PROTOCOL_VIOLATION
}
