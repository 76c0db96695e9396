package io.copperline.webrtc;

/** The W3C's RTCSessionDescription. */
public record SessionDescription(Type type, String sdp) {
    /** The W3C's RTCSdpType, without provisional answers. */
    public enum Type {
        OFFER,
        ANSWER,
        /** Takes the last offer of the same side back. */
        ROLLBACK
    }

    /** @param sdp the text as it is, with its line ends */
    public static SessionDescription offer(String sdp) {
        return new SessionDescription(Type.OFFER, sdp);
    }

    /** @param sdp the text as it is, with its line ends */
    public static SessionDescription answer(String sdp) {
        return new SessionDescription(Type.ANSWER, sdp);
    }
}
