package io.copperline.webrtc.ice;

import java.net.InetSocketAddress;

/**
 * An address, a port and the transport protocol (RFC 8445 section 4): the same address and port over UDP and over TCP are two.
 * What owns the socket makes one for each remote it gets to know, so that a packet needs none of its own.
 */
public record TransportAddress(Protocol protocol, InetSocketAddress socket) {
    public enum Protocol {
        UDP,
        /** Framed as RFC 4571 has it. */
        TCP
    }

    public static TransportAddress udp(InetSocketAddress socket) {
        return new TransportAddress(Protocol.UDP, socket);
    }

    public static TransportAddress tcp(InetSocketAddress socket) {
        return new TransportAddress(Protocol.TCP, socket);
    }
}
