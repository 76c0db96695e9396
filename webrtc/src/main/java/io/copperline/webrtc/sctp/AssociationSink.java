package io.copperline.webrtc.sctp;

/**
 * Where an association's output goes. Called within the call that caused it, on the owner's thread. The callee may send,
 * reset streams and close from here; what it causes goes out before that call returns.
 */
public interface AssociationSink {
    /** An SCTP packet that must go out; the bytes are the callee's only until it returns. */
    void transmit(byte[] buf, int off, int len);

    /** The association stands. */
    void connected();

    /** A whole message; the bytes are the callee's only until it returns. */
    void message(int stream, int ppid, byte[] buf, int off, int len);

    /** So many bytes of a message of ours left the queue: they were sent for the first time, or given up. */
    void unqueued(int stream, int ppid, int bytes);

    /** The peer will send nothing more on this stream, until it begins anew. */
    void streamReset(int stream);

    /** Our side of this stream is reset, as we asked; or the peer refused, and the stream must not be used again. */
    void streamResetDone(int stream, boolean done);

    /** The peer lost its state and began anew (RFC 9260 section 5.2); all streams are as at the beginning. */
    void restarted();

    /** The association is over. {@code causeCode} is the peer's (RFC 9260 section 3.3.10), or 0. */
    void closed(SctpFailure why, int causeCode);
}
