package io.copperline.webrtc.sctp;

/** RFC 9260 section 4. */
public enum AssociationState {
    CLOSED,
    COOKIE_WAIT,
    COOKIE_ECHOED,
    ESTABLISHED,
    SHUTDOWN_PENDING,
    SHUTDOWN_SENT,
    SHUTDOWN_RECEIVED,
    SHUTDOWN_ACK_SENT;

    /** Whether the peer may still send data (RFC 9260 section 6). */
    boolean receives() {
        return this == ESTABLISHED || this == SHUTDOWN_PENDING || this == SHUTDOWN_SENT;
    }

    /** Whether we may send what waits. */
    boolean sends() {
        return this == ESTABLISHED || this == SHUTDOWN_PENDING || this == SHUTDOWN_RECEIVED;
    }

    /** Whether there is a peer whose tag and TSNs we know. */
    boolean connected() {
        return compareTo(ESTABLISHED) >= 0;
    }
}
