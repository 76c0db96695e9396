package io.copperline.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IceCandidateTest {
    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 10_000);
    }

    @Test
    void aListeningSocketIsPassiveAndComesAfterUdp() throws Exception {
        IceCandidate tcp = IceCandidate.tcpPassive(at("192.0.2.1"), 0);
        assertEquals("tcp1 1 tcp 1520435199 192.0.2.1 10000 typ host tcptype passive", tcp.write());
        assertEquals(tcp, IceCandidate.parse(tcp.write()));
        assertTrue(IceCandidate.host(at("2001:db8::1"), 9).priority() > tcp.priority());
        assertTrue(
                tcp.priority() > IceCandidate.tcpPassive(at("2001:db8::1"), 1).priority());
        // RFC 8445 section 5.1.1.3: another protocol is another foundation.
        assertNotEquals(IceCandidate.host(at("192.0.2.1"), 0).foundation(), tcp.foundation());
    }

    @Test
    void aBrowsersActiveCandidateIsUnderstood() throws Exception {
        IceCandidate candidate = IceCandidate.parse(
                "1052353102 1 TCP 1518214911 192.0.2.7 9 typ host tcptype active generation 0 network-id 1");
        assertEquals("tcp", candidate.transport());
        assertEquals(Optional.of(TcpType.ACTIVE), candidate.tcpType());
        assertEquals(9, candidate.address().orElseThrow().getPort());
        assertEquals(
                Optional.empty(),
                IceCandidate.parse("1 1 tcp 1 192.0.2.7 9 typ host tcptype new").tcpType());
    }

    @Test
    void aHiddenAddressIsNoAddress() throws Exception {
        IceCandidate candidate =
                IceCandidate.parse("1 1 udp 2113937151 6f9b2b0e-1f3c-4b8e-9a1e-9d6f0c3a7b11.local 54321 typ host");
        assertTrue(candidate.address().isEmpty());
    }
}
