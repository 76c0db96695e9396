package io.copperline.webrtc.ice;

/** What became of a STUN datagram. */
public enum IceDrop {
    /** It was what it should be. */
    TAKEN,
    MALFORMED,
    /** Neither ours by name nor by integrity. */
    NOT_AUTHENTIC,
    /** A method or class that ICE does not use, or a response that nobody waits for. */
    UNEXPECTED,
    /** Authentic, but from more addresses than one browser has. */
    TOO_MANY_ADDRESSES
}
