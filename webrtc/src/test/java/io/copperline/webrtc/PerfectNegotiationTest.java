package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.datachannel.DataChannelInit;
import io.copperline.webrtc.jsep.SignalingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions in the middle of a call, from either side and from both at once. */
class PerfectNegotiationTest {
    private static void bring(
            SimulatedNetwork network, SessionDescription offer, PeerConnection to, PeerConnection from)
            throws Exception {
        from.setAnswer(to.answer(offer, network.nowNanos), network.nowNanos);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void crossingOffersEndInOneAgreement(boolean gatewayIsPolite) throws Exception {
        SimulatedNetwork network = Peers.negotiated(31, Weather.FAIR);
        assertTrue(network.connect(2_000));
        PeerConnection gateway = network.gateway.peer;
        PeerConnection browser = network.browser.peer;
        browser.direction(MediaDirection.RECVONLY);
        gateway.createDataChannel("ours", DataChannelInit.DEFAULT);
        SessionDescription fromBrowser = browser.createOffer();
        SessionDescription fromGateway = gateway.createOffer();
        // Both arrive: the impolite side ignores, the polite one takes its own back and answers.
        var gatewaySays = gateway.onDescription(fromBrowser, gatewayIsPolite, network.nowNanos);
        var browserSays = browser.onDescription(fromGateway, !gatewayIsPolite, network.nowNanos);
        assertEquals(gatewayIsPolite, gatewaySays.isPresent());
        assertEquals(!gatewayIsPolite, browserSays.isPresent());
        PeerConnection polite = gatewayIsPolite ? gateway : browser;
        PeerConnection impolite = gatewayIsPolite ? browser : gateway;
        impolite.onDescription(gatewaySays.or(() -> browserSays).orElseThrow(), false, network.nowNanos);
        assertEquals(SignalingState.STABLE, impolite.signalingState());
        // The answer said what the browser wants of its audio; data channels need an offer of their own.
        assertEquals(gatewayIsPolite, polite.negotiationNeeded());
        if (gatewayIsPolite) {
            bring(network, polite.createOffer(), impolite, polite);
        }
        assertFalse(polite.negotiationNeeded() || impolite.negotiationNeeded());
        network.run(1_000);
        assertEquals(MediaDirection.SENDONLY, gateway.media().orElseThrow().direction());
        assertTrue(gateway.sctp().isPresent() && browser.sctp().isPresent());
        Peers.speak(network, network.gateway, 10, 0);
        network.run(100);
        assertEquals(10, network.browser.packets.size());
    }

    @Test
    void anOfferIsRefusedWhileOursIsOpenAndTakenAfterRollback() throws Exception {
        SimulatedNetwork network = Peers.negotiated(32, Weather.FAIR);
        PeerConnection gateway = network.gateway.peer;
        gateway.createOffer();
        SessionDescription offer = network.browser.peer.createOffer();
        assertThrows(SdpException.class, () -> gateway.answer(offer, network.nowNanos));
        assertThrows(IllegalStateException.class, gateway::createOffer);
        gateway.rollback();
        bring(network, offer, gateway, network.browser.peer);
        assertEquals(SignalingState.STABLE, gateway.signalingState());
    }

    @Test
    void newCredentialsInAnOfferAreARestart() throws Exception {
        SimulatedNetwork network = Peers.negotiated(33, Weather.FAIR);
        assertTrue(network.connect(2_000));
        String before = network.gateway.peer.localUfrags().getFirst();
        network.browser.peer.restartIce(network.nowNanos);
        SessionDescription offer = network.browser.peer.createOffer();
        SessionDescription answer = network.gateway.peer.answer(offer, network.nowNanos);
        assertFalse(answer.sdp().contains(before));
        assertTrue(answer.sdp().contains("a=setup:active")); // The role stays, and so do the keys.
        network.browser.peer.setAnswer(answer, network.nowNanos);
        network.run(500);
        Peers.speak(network, network.browser, 10, 0);
        Peers.speak(network, network.gateway, 10, 0);
        network.run(100);
        assertEquals(10, network.gateway.packets.size());
        assertEquals(10, network.browser.packets.size());
    }

    @Test
    void anOfferThatCannotBeUsedChangesNothing() throws Exception {
        SimulatedNetwork network = Peers.negotiated(34, Weather.FAIR);
        assertTrue(network.connect(2_000));
        String offer = network.browser.peer.createOffer().sdp();
        // Another byte, whatever stands there: certificates are made anew for each run.
        String byteOfAnother = offer.contains("a=fingerprint:sha-256 00") ? "FF" : "00";
        String other =
                offer.replaceAll("(?<=a=fingerprint:sha-256 )..", byteOfAnother).replaceAll("(?<=a=ice-ufrag:)", "new");
        assertThrows(
                SdpException.class,
                () -> network.gateway.peer.answer(SessionDescription.offer(other), network.nowNanos));
        network.run(5_000);
        Peers.speak(network, network.gateway, 10, 0);
        assertEquals(10, network.browser.packets.size());
    }
}
