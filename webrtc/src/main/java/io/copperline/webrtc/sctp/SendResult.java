package io.copperline.webrtc.sctp;

/** What became of a message that was to be sent. */
public enum SendResult {
    /** It waits for its turn. */
    QUEUED,
    /** The association is not up, or is closing. */
    NOT_CONNECTED,
    /** Not a stream of this association, or one that is being reset. */
    NO_SUCH_STREAM,
    /** Too much is queued or unacknowledged; the message was not taken. */
    BUFFER_FULL
}
