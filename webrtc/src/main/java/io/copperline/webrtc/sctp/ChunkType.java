package io.copperline.webrtc.sctp;

/** Chunk types and their flags, parameter types and error causes as numbers of the wire (RFC 9260 section 3). */
final class ChunkType {
    static final int DATA = 0;
    static final int INIT = 1;
    static final int INIT_ACK = 2;
    static final int SACK = 3;
    static final int HEARTBEAT = 4;
    static final int HEARTBEAT_ACK = 5;
    static final int ABORT = 6;
    static final int SHUTDOWN = 7;
    static final int SHUTDOWN_ACK = 8;
    static final int ERROR = 9;
    static final int COOKIE_ECHO = 10;
    static final int COOKIE_ACK = 11;
    static final int SHUTDOWN_COMPLETE = 14;
    static final int RE_CONFIG = 130;
    static final int FORWARD_TSN = 192;

    /** DATA: the last fragment, the first, unordered, acknowledge at once. */
    static final int END = 1;

    static final int BEGIN = 2;
    static final int UNORDERED = 4;
    static final int IMMEDIATE = 8;
    /** ABORT and SHUTDOWN COMPLETE: the tag is the sender's own, for want of the receiver's. */
    static final int TAG_REFLECTED = 1;

    static final int HEADER_BYTES = 4;
    static final int PACKET_HEADER_BYTES = 12;
    /** DATA between the chunk's header and the user's bytes: TSN, stream, SSN, PPID. */
    static final int DATA_FIELDS_BYTES = 12;

    static final int HEARTBEAT_INFORMATION = 1;
    static final int STATE_COOKIE = 7;
    static final int UNRECOGNIZED_PARAMETER = 8;
    static final int SUPPORTED_EXTENSIONS = 0x8008;
    static final int FORWARD_TSN_SUPPORTED = 0xc000;

    static final int CAUSE_INVALID_STREAM = 1;
    static final int CAUSE_STALE_COOKIE = 3;
    static final int CAUSE_OUT_OF_RESOURCE = 4;
    static final int CAUSE_UNRECOGNIZED_CHUNK = 6;
    static final int CAUSE_INVALID_PARAMETER = 7;
    static final int CAUSE_NO_USER_DATA = 9;
    static final int CAUSE_USER_ABORT = 12;
    static final int CAUSE_PROTOCOL_VIOLATION = 13;

    private ChunkType() {}
}
