package io.copperline.sip;

/** Whether provisional responses are acknowledged on a trunk (RFC 3262). */
public enum Prack {
    /** Where the other side wants it. */
    SUPPORTED,
    /** Always: a call with a side that cannot is refused. */
    REQUIRED,
    /** Never. */
    OFF
}
