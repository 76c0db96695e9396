package io.copperline.webrtc.sctp;

/** What became of a packet or of a chunk in it. */
public enum SctpDrop {
    /** It was what it should be. */
    TAKEN,
    /** The association is over, or has not begun. */
    CLOSED,
    /** Shorter than a packet's header and one chunk's. */
    TOO_SHORT,
    BAD_CHECKSUM,
    WRONG_PORT,
    /** Not the verification tag of this association: a stray of an older one. */
    WRONG_TAG,
    /** A length or a field that cannot be. */
    MALFORMED,
    /** A chunk type that we do not know, and its type said to pass over it (RFC 9260 section 3.2). */
    UNKNOWN_CHUNK,
    /** Well-formed, but not in this state of the association. */
    UNEXPECTED,
    /** Not a cookie of ours, or not of this association. */
    COOKIE_REFUSED,
    /** A cookie of ours that came back too late. */
    COOKIE_STALE,
    /** Data that we have already. */
    DUPLICATE,
    /** Data further ahead than we keep account of. */
    BEYOND_WINDOW,
    /** Data ahead of a gap while the receive window is used up; it will come again. */
    WINDOW_FULL,
    /** Data on a stream that was not agreed on. */
    INVALID_STREAM,
    /** An acknowledgement or a request that a later one overtook. */
    STALE,
    /** Data without bytes; ends the association (RFC 9260 section 6.2). */
    NO_USER_DATA(ChunkType.CAUSE_NO_USER_DATA),
    /** A message larger than we announced; ends the association (RFC 8841 section 6.1). */
    MESSAGE_TOO_LARGE(ChunkType.CAUSE_OUT_OF_RESOURCE),
    /** What no peer that keeps to the RFCs sends; ends the association. */
    PROTOCOL_VIOLATION(ChunkType.CAUSE_PROTOCOL_VIOLATION);

    private final int abortCause;

    SctpDrop() {
        this(0);
    }

    SctpDrop(int abortCause) {
        this.abortCause = abortCause;
    }

    /** Whether it ends the association. */
    boolean fatal() {
        return abortCause != 0;
    }

    int abortCause() {
        return abortCause;
    }
}
