package io.copperline.sip;

/** How digits are sent on a trunk. Received digits are understood in every form whatever the mode. */
public enum DtmfMode {
    /** As telephone-event where the carrier's SDP has it, otherwise as SIP INFO. */
    AUTO,
    /** As RFC 4733 telephone-event packets, never otherwise. */
    RFC4733,
    /** As SIP INFO with {@code application/dtmf-relay}. */
    INFO,
    /** As tones in the audio. */
    INBAND
}
