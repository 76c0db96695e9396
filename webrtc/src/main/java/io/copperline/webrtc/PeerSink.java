package io.copperline.webrtc;

import io.copperline.webrtc.ice.TransportAddress;

/** Where a peer's output goes. Called within the call that caused it, on the peer's thread. */
public interface PeerSink {
    /** A datagram that must go out; the bytes are the callee's only until it returns. */
    void transmit(byte[] buf, int off, int len, TransportAddress to);

    /** This address is the peer's from now on: datagrams from it belong here. */
    void validated(TransportAddress remote);

    /** An authentic RTP packet in clear; the bytes are the callee's only until it returns. */
    void rtp(byte[] buf, int off, int len);

    /** Something that happens a few times in a call. */
    void event(PeerEvent event);
}
