package io.copperline.webrtc.ice;

import java.net.InetSocketAddress;

/** Where an agent's output goes. */
public interface IceSink {
    /** A datagram that must go out. */
    void transmit(byte[] buf, int off, int len, InetSocketAddress to);

    /** An authenticated check came from an address that none came from before: its datagrams are this peer's. */
    void validated(InetSocketAddress remote);

    /** The pair that media takes from now on. */
    void selected(InetSocketAddress remote);
}
