package io.copperline.gateway.lab;

/** Why a packet went nowhere. */
public enum LabDrop {
    /** Neither RTP nor RTCP by its form, or longer than any audio packet. */
    MALFORMED,
    /** A payload type that was not agreed on, or nothing was agreed on yet. */
    UNEXPECTED,
    /** The system would not send it. */
    UNSENT
}
