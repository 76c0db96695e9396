package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.ice.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser that reaches the gateway over TCP (RFC 6544), from the start or for a while. */
class IceTcpTest {
    private static final Optional<TransportAddress> TCP =
            Optional.of(TransportAddress.tcp(new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), 4_000)));

    private static PeerEvent selected(TransportAddress address) {
        return new PeerEvent.PathSelected(address);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void connectsAndTalksOverTcp(int lossPercent) throws Exception {
        SimulatedNetwork network = Peers.negotiated(1, new Weather(lossPercent / 100.0, 0, 10, 0));
        network.browser.tcp = TCP;
        assertTrue(network.connect(5_000));
        assertEquals(selected(TCP.orElseThrow()), network.gateway.events.getFirst());
        Peers.speak(network, network.browser, 50, 0);
        Peers.speak(network, network.gateway, 50, 0);
        network.run(500);
        assertEquals(50, network.gateway.packets.size());
        assertEquals(50, network.browser.packets.size());
    }

    @Test
    void theSameAddressOverUdpIsAnotherPathAndThePairIsFollowedBothWays() throws Exception {
        SimulatedNetwork network = Peers.negotiated(2, Weather.FAIR);
        assertTrue(network.connect(2_000));
        assertEquals(TCP.orElseThrow().socket(), network.browser.address.socket());
        network.browser.tcp = TCP;
        network.run(7_000); // Its next check of the nominated pair comes over TCP.
        assertEquals(selected(TCP.orElseThrow()), network.gateway.events.getLast());
        Peers.speak(network, network.gateway, 10, 0);
        network.browser.tcp = Optional.empty();
        network.run(7_000);
        assertEquals(selected(network.browser.address), network.gateway.events.getLast());
        Peers.speak(network, network.gateway, 10, 9_600);
        network.run(100);
        assertEquals(20, network.browser.packets.size());
    }

    @Test
    void aClosedConnectionIsForgottenAndAnotherOneTakesItsPlace() throws Exception {
        SimulatedNetwork network = Peers.negotiated(3, Weather.FAIR);
        network.browser.tcp = TCP;
        assertTrue(network.connect(2_000));
        // More connections than addresses are kept: each that closes makes room.
        for (int port = 5_000; port < 5_040; port++) {
            network.gateway.peer.onClosed(network.browser.tcp.orElseThrow());
            TransportAddress next =
                    TransportAddress.tcp(new InetSocketAddress(InetAddress.ofLiteral("198.51.100.1"), port));
            network.browser.tcp = Optional.of(next);
            network.run(7_000);
            assertEquals(selected(next), network.gateway.events.getLast());
        }
        assertEquals(0, network.gateway.fates[Fate.STUN_TOO_MANY_ADDRESSES.ordinal()]);
        byte[] dtls = {22, (byte) 254, (byte) 253, 0, 0};
        assertEquals(Fate.DTLS_UNCHECKED, network.inject(network.gateway, dtls, TCP.orElseThrow()));
        assertTrue(network.gateway.connected());
    }

    @Test
    void restartsIceOverTcp() throws Exception {
        SimulatedNetwork network = Peers.negotiated(4, Weather.FAIR);
        network.browser.tcp = TCP;
        assertTrue(network.connect(2_000));
        String fragment = network.browser.peer.restartIce(network.nowNanos);
        String answer =
                network.gateway.peer.onFragment(fragment, network.nowNanos).orElseThrow();
        Peers.speak(network, network.gateway, 10, 0);
        TransportAddress next =
                TransportAddress.tcp(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.9"), 5_000));
        network.browser.tcp = Optional.of(next);
        network.browser.peer.onRestartAnswer(answer);
        network.run(300);
        assertEquals(selected(next), network.gateway.events.getLast());
        Peers.speak(network, network.gateway, 10, 96_000);
        network.run(100);
        assertEquals(20, network.browser.packets.size());
    }
}
