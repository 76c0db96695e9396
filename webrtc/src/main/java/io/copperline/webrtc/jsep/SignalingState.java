package io.copperline.webrtc.jsep;

/** The W3C's RTCSignalingState, without those that only exist between calls we make as one. */
public enum SignalingState {
    /** Nothing is open: whatever was offered is answered. */
    STABLE,
    /** Our offer waits for its answer. */
    HAVE_LOCAL_OFFER
}
