package io.copperline.webrtc.datachannel;

/** What a message is: the payload protocol identifiers of RFC 8831 section 8. */
final class Ppid {
    static final int CONTROL = 50;
    static final int TEXT = 51;
    static final int BINARY = 53;
    /** SCTP has no empty messages: these are one byte that means none (RFC 8831 section 6.6). */
    static final int TEXT_EMPTY = 56;

    static final int BINARY_EMPTY = 57;

    private Ppid() {}

    static boolean empty(int ppid) {
        return ppid == TEXT_EMPTY || ppid == BINARY_EMPTY;
    }
}
