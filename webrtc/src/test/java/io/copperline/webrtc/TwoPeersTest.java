package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.ice.TransportAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoPeersTest {
    static TransportAddress at(String host, int port) {
        return TransportAddress.udp(new InetSocketAddress(InetAddress.ofLiteral(host), port));
    }

    @Test
    void everyPacketArrivesOverAFairNetwork() throws Exception {
        SimulatedNetwork network = Peers.negotiated(1, Weather.FAIR);
        assertTrue(network.connect(2_000));
        Peers.speak(network, network.browser, 500, 0);
        Peers.speak(network, network.gateway, 100, 0);
        network.run(100);
        assertEquals(500, network.gateway.packets.size());
        assertEquals(100, network.browser.packets.size());
        byte[] first = network.gateway.packets.getFirst();
        assertEquals(111, RtpHeader.payloadType(first, 0));
        assertEquals(30, first[RtpHeader.extension(first, 0, first.length, 1)]);
        assertArrayEquals(new byte[60], Arrays.copyOfRange(first, RtpHeader.headerLength(first, 0), first.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10, 20})
    void connectsThroughLoss(int percent) throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            SimulatedNetwork network = Peers.negotiated(seed, Weather.losing(percent / 100.0));
            assertTrue(network.connect(15_000), "seed " + seed + ": " + network.browser.events);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20})
    void theServerRoleConnectsThroughLossToo(int percent) throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            SimulatedNetwork network = Peers.strangers(seed, Weather.losing(percent / 100.0));
            String offer = network.browser.peer.createOffer().sdp().replace("a=setup:actpass", "a=setup:active");
            SessionDescription answer = network.gateway.peer.answer(SessionDescription.offer(offer), network.nowNanos);
            assertTrue(answer.sdp().contains("a=setup:passive"));
            network.browser.peer.setAnswer(answer, network.nowNanos);
            assertTrue(network.connect(15_000), "seed " + seed + ": " + network.gateway.events);
        }
    }

    @Test
    void reportsCountWhatWasLostAndHowLongAPacketTravels() throws Exception {
        SimulatedNetwork network = Peers.negotiated(3, new Weather(0.1, 0, 40, 0));
        assertTrue(network.connect(15_000));
        int remoteLossPercents = 0;
        for (int i = 0; i < 10; i++) {
            Peers.speak(network, network.browser, 100, i * 96_000);
            Peers.speak(network, network.gateway, 100, i * 96_000);
            remoteLossPercents += network.gateway.peer.statistics().remoteLossPercent();
        }
        PeerStatistics statistics = network.gateway.peer.statistics();
        assertEquals(1_000, statistics.packetsSent());
        assertEquals(1_000, (double) (statistics.packetsReceived() + statistics.packetsLost()), 3);
        assertEquals(100, (double) statistics.packetsLost(), 35);
        assertEquals(80, statistics.roundTripMillis(), 3);
        assertEquals(10, remoteLossPercents / 10.0, 5); // Each is of one report's interval, where chance is large.
    }

    @Test
    void aWrongFingerprintNeverGetsKeys() throws Exception {
        SimulatedNetwork network = Peers.strangers(4, Weather.FAIR);
        String offer = network.browser.peer.createOffer().sdp();
        String wrong = offer.replaceAll("(a=fingerprint:sha-256 )..", "$100");
        if (wrong.equals(offer)) {
            wrong = offer.replaceAll("(a=fingerprint:sha-256 )..", "$1FF");
        }
        network.browser.peer.setAnswer(
                network.gateway.peer.answer(SessionDescription.offer(wrong), network.nowNanos), network.nowNanos);
        assertFalse(network.connect(2_000));
        assertTrue(network.gateway.events.contains(new PeerEvent.Failed(PeerFailure.FINGERPRINT_MISMATCH)));
    }

    @Test
    void followsTheBrowserToAnotherAddress() throws Exception {
        SimulatedNetwork network = Peers.negotiated(5, Weather.FAIR);
        assertTrue(network.connect(2_000));
        network.browser.address = at("203.0.113.9", 5_000);
        network.run(7_000); // The next check of the nominated pair comes from the new address.
        assertEquals(new PeerEvent.PathSelected(network.browser.address), network.gateway.events.getLast());
        Peers.speak(network, network.gateway, 10, 0);
        assertEquals(10, network.browser.packets.size());
    }

    @Test
    void aRestartMovesTheMediaWithoutLosingAPacket() throws Exception {
        SimulatedNetwork network = Peers.negotiated(12, Weather.FAIR);
        assertTrue(network.connect(2_000));
        String before = network.gateway.peer.localUfrags().getFirst();
        String fragment = network.browser.peer.restartIce(network.nowNanos);
        String answer =
                network.gateway.peer.onFragment(fragment, network.nowNanos).orElseThrow();
        assertFalse(answer.contains(before));
        Peers.speak(network, network.gateway, 10, 0); // The old path goes on until the new one is there.
        network.browser.address = at("203.0.113.9", 5_000);
        network.browser.peer.onRestartAnswer(answer);
        network.run(300);
        assertEquals(new PeerEvent.PathSelected(network.browser.address), network.gateway.events.getLast());
        Peers.speak(network, network.gateway, 10, 96_000);
        Peers.speak(network, network.browser, 10, 0);
        network.run(100);
        assertEquals(20, network.browser.packets.size());
        assertEquals(10, network.gateway.packets.size());
    }

    /** As GStreamer's webrtcbin does. */
    @Test
    void whoHoldsAndGoesOnSendingIsNotHeard() throws Exception {
        SimulatedNetwork network = Peers.negotiated(13, Weather.FAIR);
        assertTrue(network.connect(2_000));
        network.browser.peer.direction(MediaDirection.INACTIVE);
        Peers.negotiate(network);
        Peers.speak(network, network.browser, 10, 0);
        network.run(100);
        assertEquals(0, network.gateway.packets.size());
        assertEquals(10, network.gateway.fates[Fate.RTP_NOT_AGREED.ordinal()]);
        assertEquals(10, network.gateway.peer.statistics().packetsReceived());
        network.browser.peer.direction(MediaDirection.SENDRECV);
        Peers.negotiate(network);
        Peers.speak(network, network.browser, 10, 9_600);
        network.run(100);
        assertEquals(10, network.gateway.packets.size());
    }

    @Test
    void silenceOfChecksEndsConsent() throws Exception {
        SimulatedNetwork deaf = Peers.negotiated(7, Weather.FAIR);
        assertTrue(deaf.connect(2_000));
        deaf.browser.address = at("203.0.113.9", 0);
        deaf.gateway.address = at("203.0.113.10", 0);
        deaf.run(31_000);
        assertEquals(new PeerEvent.Failed(PeerFailure.CONSENT_LOST), deaf.gateway.events.getLast());
    }

    /** As of libnice, which sends no checks once it has a path. */
    @Test
    void mediaWithoutChecksIsConsentToALiteAgent() throws Exception {
        SimulatedNetwork network = Peers.negotiated(14, Weather.FAIR);
        assertTrue(network.connect(2_000));
        network.browser.asleep = true;
        Peers.speak(network, network.browser, 2_000, 0);
        assertTrue(network.gateway.connected());
        network.run(31_000);
        assertEquals(new PeerEvent.Failed(PeerFailure.CONSENT_LOST), network.gateway.events.getLast());
    }

    @Test
    void goodbyeIsHeardAtOnce() throws Exception {
        SimulatedNetwork network = Peers.negotiated(8, Weather.FAIR);
        assertTrue(network.connect(2_000));
        network.browser.peer.close(network.nowNanos, network.browser);
        network.run(200);
        assertEquals(new PeerEvent.Failed(PeerFailure.CLOSED_BY_PEER), network.gateway.events.getLast());
        assertFalse(network.gateway.connected());
    }

    @Test
    void nobodyComingIsATimeout() throws Exception {
        SimulatedNetwork network = Peers.strangers(9, Weather.FAIR);
        network.gateway.peer.answer(network.browser.peer.createOffer(), network.nowNanos);
        network.run(16_000);
        assertEquals(List.of(new PeerEvent.Failed(PeerFailure.ICE_TIMEOUT)), network.gateway.events);
    }

    @Test
    void strangersChangeNothing() throws Exception {
        SimulatedNetwork network = Peers.negotiated(10, Weather.FAIR);
        assertTrue(network.connect(2_000));
        TransportAddress stranger = at("203.0.113.66", 6_666);
        Random random = new Random(10);
        for (int i = 0; i < 2_000; i++) {
            byte[] junk = new byte[random.nextInt(200)];
            random.nextBytes(junk);
            network.inject(network.gateway, junk, stranger);
        }
        int taken = network.gateway.fates[Fate.TAKEN.ordinal()];
        Peers.speak(network, network.browser, 50, 0);
        assertEquals(50, network.gateway.packets.size());
        assertTrue(network.gateway.fates[Fate.TAKEN.ordinal()] >= taken + 50);
    }

    @Test
    void twoLitePeersAreRefused() {
        SimulatedNetwork network = Peers.strangers(11, Weather.FAIR);
        SessionDescription offer = Peers.peer(network, network.browser, true).createOffer();
        assertThrows(SdpException.class, () -> network.gateway.peer.answer(offer, network.nowNanos));
    }
}
