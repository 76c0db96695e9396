package io.copperline.codecs.dtmf;

/** Why a telephone-event packet told nothing new. */
public enum TelephoneEventDrop {
    /** Shorter than one report. */
    MALFORMED,
    /** An event above 15: flash, fax, modem and the like. */
    UNKNOWN_EVENT,
    /** One more packet of a press that has ended: normal, every press ends three times. */
    REPEATED,
    /** Older than the press that is known already. */
    LATE,
    /** Another event under the timestamp of this press. */
    CONFLICTING
}
