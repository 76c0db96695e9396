package io.copperline.sip;

/** Whether new calls are welcome. Calls that there are go on in any case. */
public enum Readiness {
    /** They are. */
    OPEN,
    /** The machine has as much to do as it can: new ones are refused by 503 with Retry-After for some seconds. */
    BUSY,
    /** We are going: new ones are refused by 503, and so is OPTIONS, which takes us out of a carrier's route. */
    CLOSING
}
