package io.copperline.webrtc;

import io.copperline.webrtc.ice.TransportAddress;

/** Where a peer's output goes. Called within the call that caused it, on the peer's thread. */
public interface PeerSink {
    /** A datagram that must go out; the bytes are the callee's only until it returns. */
    void transmit(byte[] buf, int off, int len, TransportAddress to);

    /**
     * This address is the peer's from now on: datagrams from it belong here. A socket that has one peer alone need not know.
     *
     * @param remote who has proved by a check to hold the peer's credentials
     */
    default void validated(TransportAddress remote) {}

    /**
     * An authentic RTP packet in clear, header and all. Until it returns the bytes are the callee's, who may change them, the room that
     * the caller of {@code onDatagram} left before and behind them included.
     */
    void rtp(byte[] buf, int off, int len);

    /** Something that happens a few times in a call. Nothing comes after {@link PeerEvent.Failed}. */
    void event(PeerEvent event);
}
