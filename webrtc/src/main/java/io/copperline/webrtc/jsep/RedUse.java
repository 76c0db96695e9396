package io.copperline.webrtc.jsep;

/** When a browser is asked to send Opus twice over, as RED (RFC 2198): it does so where our answer names RED first. */
public enum RedUse {
    /** Where the browser itself prefers RED to Opus; otherwise in-band FEC has to do. */
    PREFERRED,
    /** Wherever it is offered: twice the bits, and single losses are not heard. */
    ALWAYS,
    NEVER
}
