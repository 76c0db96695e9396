package io.copperline.sip;

/** Whether pauses may be described rather than sent on a trunk (RFC 3389), where its SDP has come to that. */
public enum ComfortNoiseMode {
    /** Not agreed on. */
    OFF,
    /** The carrier may describe its pauses; ours are sent. */
    ACCEPT,
    /** Both sides may. */
    SEND
}
