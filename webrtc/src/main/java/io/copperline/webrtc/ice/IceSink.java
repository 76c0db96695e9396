package io.copperline.webrtc.ice;

/** Where an agent's output goes. */
public interface IceSink {
    /** A datagram that must go out. */
    void transmit(byte[] buf, int off, int len, TransportAddress to);

    /** An authenticated check came from an address that none came from before: its datagrams are this peer's. */
    void validated(TransportAddress remote);

    /** The pair that media takes from now on. */
    void selected(TransportAddress remote);
}
