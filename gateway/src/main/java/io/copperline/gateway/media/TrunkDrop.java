package io.copperline.gateway.media;

/** Why a datagram on a trunk port went no further. */
public enum TrunkDrop {
    /** Not RTP, or not RTCP on its port. */
    MALFORMED,
    /** Its authentication tag is wrong, or it has none on a trunk that encrypts. */
    FORGED,
    /** An encrypted packet that was seen before, or is too old to tell. */
    REPLAYED,
    /** From more SSRCs than an encrypted leg keeps count of. */
    TOO_MANY_STREAMS,
    /** From elsewhere than the source that is locked in. */
    FOREIGN_SOURCE,
    /** A payload type that was not agreed on. */
    UNKNOWN_PAYLOAD_TYPE,
    /** Before anything was agreed on, or while the direction forbids it. */
    NOT_EXPECTED
}
