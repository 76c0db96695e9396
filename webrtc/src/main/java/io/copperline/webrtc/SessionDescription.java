package io.copperline.webrtc;

/** The W3C's RTCSessionDescription. */
public record SessionDescription(Type type, String sdp) {
    public enum Type {
        OFFER,
        ANSWER
    }

    public static SessionDescription offer(String sdp) {
        return new SessionDescription(Type.OFFER, sdp);
    }

    public static SessionDescription answer(String sdp) {
        return new SessionDescription(Type.ANSWER, sdp);
    }
}
