package io.copperline.webrtc.dtls;

/** Why a DTLS association came to nothing. */
public enum DtlsFailure {
    /** The certificate is not the one that the SDP announced: someone else answered. */
    FINGERPRINT_MISMATCH,
    /** The peer takes none of our SRTP profiles. */
    NO_SRTP_PROFILE,
    /** Any other alert or error of the handshake. */
    HANDSHAKE
}
