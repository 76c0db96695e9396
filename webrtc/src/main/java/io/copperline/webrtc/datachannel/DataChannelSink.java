package io.copperline.webrtc.datachannel;

/** Where a transport's output goes. Called within the call that caused it, on its owner's thread. */
public interface DataChannelSink {
    /** An SCTP packet that must go out as DTLS application data; the bytes are the callee's only until it returns. */
    void transmit(byte[] buf, int off, int len);

    /** The callee may send, close and make channels from here. */
    void event(DataChannelEvent event);
}
