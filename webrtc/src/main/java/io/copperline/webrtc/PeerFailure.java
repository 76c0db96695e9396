package io.copperline.webrtc;

/** Why a peer ended by itself. */
public enum PeerFailure {
    /** No check came through in time. */
    ICE_TIMEOUT,
    /** The handshake did not end in time. */
    DTLS_TIMEOUT,
    /** The handshake ended with an alert. */
    DTLS_FAILED,
    /** The certificate is not the one that the SDP announced. */
    FINGERPRINT_MISMATCH,
    /** The other side stopped proving that it wants our packets (RFC 7675). */
    CONSENT_LOST,
    /** The other side said goodbye. */
    CLOSED_BY_PEER
}
