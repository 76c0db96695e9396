package io.copperline.webrtc.dtls;

/** What an association is for. */
public enum SrtpUse {
    /** It carries media: without a profile of SRTP the handshake fails. */
    REQUIRED,
    /** It carries data alone so far: a peer that has no SRTP will do. */
    OPTIONAL
}
