package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.webrtc.SimulatedNetwork.Nat;
import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.ice.TransportAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that checks, too: two full agents, in the open and behind NATs. */
class FullIceTest {
    private static final TransportAddress OUTSIDE = TwoPeersTest.at("203.0.113.7", 61_000);

    private static SimulatedNetwork network(long seed, Weather weather) {
        SimulatedNetwork network = new SimulatedNetwork(seed, weather);
        network.browser.peer = Peers.peer(network, network.browser, false);
        network.gateway.peer = Peers.peer(network, network.gateway, false);
        return network;
    }

    private static void negotiate(SimulatedNetwork network) throws Exception {
        SessionDescription answer = network.gateway.peer.answer(network.browser.peer.createOffer(), network.nowNanos);
        assertFalse(answer.sdp().contains("a=ice-lite"));
        network.browser.peer.setAnswer(answer, network.nowNanos);
    }

    private static void assertTalk(SimulatedNetwork network) {
        Peers.speak(network, network.browser, 20, 0);
        Peers.speak(network, network.gateway, 20, 0);
        network.run(200);
        assertEquals(20, network.gateway.packets.size());
        assertEquals(20, network.browser.packets.size());
    }

    @Test
    void connectsInTheOpen() throws Exception {
        SimulatedNetwork network = network(1, Weather.FAIR);
        negotiate(network);
        assertTrue(network.connect(1_000));
        assertTalk(network);
        assertEquals(new PeerEvent.PathSelected(network.browser.address), network.gateway.events.getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20})
    void connectsThroughLoss(int percent) throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            SimulatedNetwork network = network(seed, Weather.losing(percent / 100.0));
            negotiate(network);
            assertTrue(network.connect(15_000), "seed " + seed + ": " + network.gateway.events);
        }
    }

    @Test
    void itsOwnChecksOpenTheNatThatItIsBehind() throws Exception {
        SimulatedNetwork network = network(2, Weather.FAIR);
        network.gateway.nat = Optional.of(new Nat(OUTSIDE));
        negotiate(network); // The answer names the inner address, which leads nowhere.
        assertTrue(network.connect(3_000));
        assertEquals(new PeerEvent.PathSelected(OUTSIDE), network.browser.events.getFirst());
        assertTalk(network);
    }

    @Test
    void aLiteGatewayBehindTheSameNatIsNotReached() throws Exception {
        SimulatedNetwork network = network(3, Weather.FAIR);
        network.gateway.peer = Peers.peer(network, network.gateway, true);
        network.gateway.nat = Optional.of(new Nat(OUTSIDE));
        network.browser.peer.setAnswer(
                network.gateway.peer.answer(network.browser.peer.createOffer(), network.nowNanos), network.nowNanos);
        assertFalse(network.connect(3_000));
    }

    @Test
    void twoNatsAreOpenedFromBothSidesOnceReflexiveCandidatesAreKnown() throws Exception {
        SimulatedNetwork network = network(4, Weather.FAIR);
        TransportAddress browserOutside = TwoPeersTest.at("198.51.100.77", 62_000);
        network.gateway.nat = Optional.of(new Nat(OUTSIDE));
        network.browser.nat = Optional.of(new Nat(browserOutside));
        negotiate(network);
        network.browser.peer.onFragment(reflexive(OUTSIDE), network.nowNanos);
        network.gateway.peer.onFragment(reflexive(browserOutside), network.nowNanos);
        assertTrue(network.connect(5_000));
        assertTalk(network);
    }

    private static String reflexive(TransportAddress at) {
        return "a=candidate:s 1 udp 1677729535 " + at.socket().getAddress().getHostAddress() + " "
                + at.socket().getPort() + " typ srflx raddr 10.0.0.1 rport 4000\r\n";
    }

    @Test
    void aRoleConflictIsSettledWhicheverSideHasTheLargerTieBreaker() throws Exception {
        for (int seed = 0; seed < 6; seed++) {
            SimulatedNetwork network = network(seed, Weather.FAIR);
            // Both made an offer, and each takes the other's as the answer: both control.
            SessionDescription ours = network.gateway.peer.createOffer();
            SessionDescription theirs = network.browser.peer.createOffer();
            network.gateway.peer.setAnswer(
                    SessionDescription.answer(theirs.sdp().replace("actpass", "active")), network.nowNanos);
            network.browser.peer.setAnswer(
                    SessionDescription.answer(ours.sdp().replace("actpass", "passive")), network.nowNanos);
            assertTrue(network.connect(3_000), "seed " + seed);
            assertTalk(network);
        }
    }

    @Test
    void hiddenNamesAreReadOverAndTheAddressIsLearntFromTheCheck() throws Exception {
        SimulatedNetwork network = network(5, Weather.FAIR);
        String hidden = network.browser
                .peer
                .createOffer()
                .sdp()
                .replace(" 198.51.100.1 4000 typ", " 6f9b2b0e-1f3c-4b8e-9a1e-9d6f0c3a7b11.local 4000 typ");
        assertTrue(hidden.contains(".local"));
        network.browser.peer.setAnswer(
                network.gateway.peer.answer(SessionDescription.offer(hidden), network.nowNanos), network.nowNanos);
        assertTrue(network.connect(1_000));
        assertEquals(new PeerEvent.PathSelected(network.browser.address), network.gateway.events.getFirst());
    }

    @Test
    void followsTheBrowserToAnotherAddressOnceThatAnswers() throws Exception {
        SimulatedNetwork network = network(6, Weather.FAIR);
        negotiate(network);
        assertTrue(network.connect(1_000));
        network.browser.address = TwoPeersTest.at("203.0.113.9", 5_000);
        network.run(7_000);
        assertEquals(new PeerEvent.PathSelected(network.browser.address), network.gateway.events.getLast());
        assertTalk(network);
    }

    @Test
    void silenceEndsConsent() throws Exception {
        SimulatedNetwork network = network(7, Weather.FAIR);
        negotiate(network);
        assertTrue(network.connect(1_000));
        network.browser.address = TwoPeersTest.at("203.0.113.9", 0);
        network.gateway.address = TwoPeersTest.at("203.0.113.10", 0);
        network.run(36_000);
        assertEquals(new PeerEvent.Failed(PeerFailure.CONSENT_LOST), network.gateway.events.getLast());
    }

    @Test
    void restartsBehindItsNat() throws Exception {
        SimulatedNetwork network = network(8, Weather.FAIR);
        network.gateway.nat = Optional.of(new Nat(OUTSIDE));
        negotiate(network);
        assertTrue(network.connect(3_000));
        String fragment = network.browser.peer.restartIce(network.nowNanos);
        String answer =
                network.gateway.peer.onFragment(fragment, network.nowNanos).orElseThrow();
        network.browser.address = TwoPeersTest.at("203.0.113.9", 5_000);
        network.gateway.peer.onFragment(
                fragment.lines()
                                .filter(l -> l.startsWith("a=ice-ufrag"))
                                .findFirst()
                                .orElseThrow() + "\r\na=candidate:9 1 udp 2130706431 203.0.113.9 5000 typ host\r\n",
                network.nowNanos);
        network.browser.peer.onRestartAnswer(answer);
        network.run(2_000);
        assertEquals(new PeerEvent.PathSelected(network.browser.address), network.gateway.events.getLast());
        assertTalk(network);
    }
}
