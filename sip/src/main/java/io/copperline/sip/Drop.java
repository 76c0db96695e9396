package io.copperline.sip;

/** Why something that came in was not acted upon. */
public enum Drop {
    /** It is not SIP, or not SIP that is safe to read. */
    MALFORMED,
    /** It came from no trunk. */
    STRANGER,
    /** One source sent more of it than it may. */
    FLOOD,
    /** A connection brought no request, or none to its end. */
    SILENT,
    /** It belongs to no call of ours. */
    STRAY,
    /** There was more of it than we hold. */
    OVERLOAD,
    /** A call's SDP made no sense. */
    BAD_SDP,
    /** The stack failed on it: a defect of ours or of JAIN-SIP. */
    DEFECT
}
