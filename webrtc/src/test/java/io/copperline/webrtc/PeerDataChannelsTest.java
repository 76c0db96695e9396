package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.webrtc.SimulatedNetwork.Host;
import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.DataChannelEvent;
import io.copperline.webrtc.datachannel.DataChannelInit;
import io.copperline.webrtc.datachannel.SctpTransport;
import io.copperline.webrtc.stats.DataChannelStats;
import io.copperline.webrtc.stats.PeerConnectionStats;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data channels over the DTLS of two peers. */
class PeerDataChannelsTest {
    private static Stream<DataChannelEvent> told(Host host) {
        return host.events.stream()
                .filter(PeerEvent.Data.class::isInstance)
                .map(event -> ((PeerEvent.Data) event).event());
    }

    private static List<String> texts(Host host) {
        return told(host)
                .filter(DataChannelEvent.Text.class::isInstance)
                .map(event -> ((DataChannelEvent.Text) event).text())
                .toList();
    }

    private static Optional<DataChannel> opened(Host host) {
        return told(host)
                .filter(DataChannelEvent.Incoming.class::isInstance)
                .map(event -> ((DataChannelEvent.Incoming) event).channel())
                .findFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 20})
    void carryTextsBothWaysInOrder(int lossPercent) throws Exception {
        SimulatedNetwork network = Peers.strangers(21, Weather.losing(lossPercent / 100.0));
        DataChannel ours =
                network.browser.peer.createDataChannel("chat", DataChannelInit.protocol("copperline.events"));
        Peers.negotiate(network);
        assertTrue(network.connect(15_000));
        assertTrue(network.runUntil(30_000, () -> opened(network.gateway).isPresent()));
        assertEquals(DataChannel.ReadyState.OPEN, ours.readyState());
        DataChannel theirs = opened(network.gateway).orElseThrow();
        assertEquals("copperline.events", theirs.protocol());
        List<String> numbers =
                IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        for (String number : numbers) {
            ours.send(number);
            theirs.send(number);
        }
        network.runUntil(
                60_000,
                () -> texts(network.gateway).size() == 100
                        && texts(network.browser).size() == 100);
        assertEquals(numbers, texts(network.gateway));
        assertEquals(numbers, texts(network.browser));
        DataChannelStats stats = network.gateway
                .peer
                .getStats(network.nowNanos)
                .first(DataChannelStats.class)
                .orElseThrow();
        assertEquals("open", stats.state());
        assertEquals("copperline.events", stats.protocol());
        assertEquals(List.of(100L, 190L), List.of(stats.messagesSent(), stats.bytesSent()));
        assertEquals(List.of(100L, 190L), List.of(stats.messagesReceived(), stats.bytesReceived()));
    }

    @Test
    void carryALargeMessageWhileTheVoiceGoesOn() throws Exception {
        SimulatedNetwork network = Peers.strangers(22, Weather.FAIR);
        DataChannel ours = network.browser.peer.createDataChannel("file", DataChannelInit.DEFAULT);
        Peers.negotiate(network);
        assertTrue(network.connect(2_000));
        network.run(500);
        byte[] file = new byte[200_000];
        new Random(1).nextBytes(file);
        ours.send(file);
        Peers.speak(network, network.browser, 100, 0);
        network.run(2_000);
        assertEquals(100, network.gateway.packets.size());
        byte[] got = told(network.gateway)
                .filter(DataChannelEvent.Binary.class::isInstance)
                .map(event -> ((DataChannelEvent.Binary) event).bytes())
                .findFirst()
                .orElseThrow();
        assertArrayEquals(file, got);
    }

    @Test
    void areAddedToACallThatIsUp() throws Exception {
        SimulatedNetwork network = Peers.negotiated(23, Weather.FAIR);
        assertTrue(network.connect(2_000));
        assertFalse(network.gateway.peer.negotiationNeeded());
        DataChannel ours = network.gateway.peer.createDataChannel("late", DataChannelInit.DEFAULT);
        assertTrue(network.gateway.peer.negotiationNeeded());
        SessionDescription offer = network.gateway.peer.createOffer();
        network.gateway.peer.setAnswer(network.browser.peer.answer(offer, network.nowNanos), network.nowNanos);
        assertFalse(network.gateway.peer.negotiationNeeded());
        network.run(500);
        ours.send("here");
        network.run(500);
        assertEquals(List.of("here"), texts(network.browser));
        Peers.speak(network, network.browser, 10, 0);
        network.run(100);
        assertEquals(10, network.gateway.packets.size());
    }

    @Test
    void closeFromEitherSideAndWithThePeer() throws Exception {
        SimulatedNetwork network = Peers.strangers(24, Weather.FAIR);
        DataChannel first = network.browser.peer.createDataChannel("first", DataChannelInit.DEFAULT);
        DataChannel second = network.browser.peer.createDataChannel("second", DataChannelInit.negotiated(7));
        network.gateway.peer.createDataChannel("second", DataChannelInit.negotiated(7));
        Peers.negotiate(network);
        assertTrue(network.connect(2_000));
        network.run(500);
        opened(network.gateway).orElseThrow().close();
        network.run(500);
        assertEquals(DataChannel.ReadyState.CLOSED, first.readyState());
        assertEquals(DataChannel.ReadyState.OPEN, second.readyState());
        PeerConnectionStats stats = network.browser
                .peer
                .getStats(network.nowNanos)
                .first(PeerConnectionStats.class)
                .orElseThrow();
        assertEquals(List.of(2L, 1L), List.of(stats.dataChannelsOpened(), stats.dataChannelsClosed()));
        network.gateway.peer.close(network.nowNanos, network.gateway);
        network.run(500);
        assertEquals(DataChannel.ReadyState.CLOSED, second.readyState());
        assertEquals(new PeerEvent.Failed(PeerFailure.CLOSED_BY_PEER), network.browser.events.getLast());
    }

    @Test
    void endWithTheirSection() throws Exception {
        SimulatedNetwork network = Peers.strangers(25, Weather.FAIR);
        network.browser.peer.createDataChannel("first", DataChannelInit.DEFAULT);
        Peers.negotiate(network);
        assertTrue(network.connect(2_000));
        network.run(500);
        assertEquals(
                SctpTransport.State.CONNECTED,
                network.gateway.peer.sctp().orElseThrow().state());
        String offer = network.browser.peer.createOffer().sdp().replaceAll("m=application [0-9]+ ", "m=application 0 ");
        network.gateway.peer.answer(SessionDescription.offer(offer), network.nowNanos);
        network.run(500);
        assertTrue(network.gateway.peer.sctp().isEmpty());
        assertTrue(network.gateway.connected());
        assertTrue(told(network.gateway).anyMatch(DataChannelEvent.TransportClosed.class::isInstance));
    }
}
