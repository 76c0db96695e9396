package io.copperline.gateway.media;

import io.copperline.webrtc.PeerFailure;

/** Why a browser leg ended by itself. */
public enum BrowserFailure {
    /** It never got through to us. */
    UNREACHABLE,
    /** It got through, but could not be secured. */
    INSECURE,
    /** It was there and has gone silent. */
    LOST,
    /** It said goodbye. */
    CLOSED;

    static BrowserFailure of(PeerFailure failure) {
        return switch (failure) {
            case ICE_TIMEOUT -> UNREACHABLE;
            case DTLS_TIMEOUT, DTLS_FAILED, FINGERPRINT_MISMATCH -> INSECURE;
            case CONSENT_LOST -> LOST;
            case CLOSED_BY_PEER -> CLOSED;
        };
    }
}
