package io.copperline.sip;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * The SIP side's sockets and names.
 *
 * @param bindAddress the local address, {@code 0.0.0.0} or {@code ::} for all
 * @param advertisedAddress the address that Via, Contact and From name; empty: the address the socket really uses
 * @param udpPort the UDP port; 0 takes a free one
 * @param tcpPort the TCP port; 0 turns TCP off, and -1 takes a free one
 * @param tlsPort the TLS port; 0 turns TLS off, and -1 takes a free one
 * @param tls key, certificate and trusted authorities; needed when TLS is on
 * @param userAgent the text of User-Agent and Server
 * @param dns name servers to ask for carriers' servers; those of the machine where empty
 * @param shedding what is dropped before it is read
 */
public record SipSettings(
        String bindAddress,
        String advertisedAddress,
        int udpPort,
        int tcpPort,
        int tlsPort,
        Optional<TlsSettings> tls,
        String userAgent,
        List<InetSocketAddress> dns,
        Shedding shedding) {

    public SipSettings {
        dns = List.copyOf(dns);
    }

    /** With the usual rest. */
    public SipSettings(
            String bindAddress,
            String advertisedAddress,
            int udpPort,
            int tcpPort,
            int tlsPort,
            Optional<TlsSettings> tls,
            String userAgent,
            List<InetSocketAddress> dns) {
        this(bindAddress, advertisedAddress, udpPort, tcpPort, tlsPort, tls, userAgent, dns, Shedding.USUAL);
    }

    /** The value of {@link #tcpPort} and {@link #tlsPort} that takes any free port. */
    public static final int ANY_FREE_PORT = -1;
}
