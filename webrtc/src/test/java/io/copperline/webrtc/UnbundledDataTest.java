package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.SdpException;
import io.copperline.webrtc.SimulatedNetwork.Host;
import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.DataChannelInit;
import io.copperline.webrtc.stats.TransportStats;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client from before BUNDLE: its audio and its data channels live in sockets of their own, here in peers of their own. */
class UnbundledDataTest {
    private static final String AUDIO = "m=audio";
    private static final String DATA = "m=application";

    private final SimulatedNetwork network = Peers.strangers(31, Weather.losing(0.05));
    private final Host data = network.join("198.51.100.2");
    private DataChannel channel;

    @BeforeEach
    void offerBoth() throws Exception {
        data.peer = Peers.peer(network, data, false);
        channel = data.peer.createDataChannel("chat", DataChannelInit.DEFAULT);
        String audio = network.browser.peer.createOffer().sdp();
        String both = audio.replaceAll("a=group:.*\r\n", "")
                + section(data.peer.createOffer().sdp(), DATA);
        String answer = network.gateway
                .peer
                .answer(SessionDescription.offer(both), network.nowNanos)
                .sdp();
        assertEquals(2, network.gateway.peer.localUfrags().size());
        String session = answer.substring(0, answer.indexOf("m="));
        network.browser.peer.setAnswer(SessionDescription.answer(session + section(answer, AUDIO)), network.nowNanos);
        data.peer.setAnswer(
                SessionDescription.answer(
                        session + "m=audio 0 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n" + section(answer, DATA)),
                network.nowNanos);
        assertTrue(network.connect(15_000));
        assertTrue(network.runUntil(15_000, () -> !theirs().isEmpty()));
        assertEquals(DataChannel.ReadyState.OPEN, channel.readyState());
    }

    private static String section(String sdp, String kind) {
        int begin = sdp.indexOf(kind);
        int end = sdp.indexOf("m=", begin + 1);
        return sdp.substring(begin, end < 0 ? sdp.length() : end);
    }

    private List<DataChannel> theirs() {
        return network.gateway.peer.sctp().orElseThrow().channels();
    }

    @Test
    void bothTransportsCarryWhatIsTheirs() throws Exception {
        channel.send("hello");
        assertTrue(network.runUntil(15_000, () -> theirs().getFirst().messagesReceived() == 1));
        Peers.speak(network, network.browser, 100, 0);
        assertTrue(network.gateway.packets.size() > 80);
        assertEquals(
                List.of("connected", "connected"),
                network.gateway
                        .peer
                        .getStats(network.nowNanos)
                        .all(TransportStats.class)
                        .map(TransportStats::dtlsState)
                        .toList());
    }

    @Test
    void theEndOfTheDataTransportEndsTheChannelsAlone() {
        DataChannel open = theirs().getFirst();
        data.peer.close(network.nowNanos, data);
        // A goodbye that is lost is not said again: then the silence tells.
        assertTrue(network.runUntil(31_000, () -> open.readyState() == DataChannel.ReadyState.CLOSED));
        assertEquals(1, network.gateway.peer.localUfrags().size());
        int before = network.gateway.packets.size();
        Peers.speak(network, network.browser, 100, 0);
        assertTrue(network.gateway.packets.size() > before + 80);
        assertTrue(network.gateway.connected());
    }

    @Test
    void silenceOfTheDataTransportEndsTheChannelsAlone() {
        network.leave(data);
        network.run(31_000);
        assertTrue(network.gateway.peer.sctp().isEmpty());
        assertTrue(network.gateway.connected());
    }

    @Test
    void fragmentsFindTheirTransport() throws Exception {
        String section = """
                m=application 9 UDP/DTLS/SCTP webrtc-datachannel
                a=mid:1
                """;
        assertTrue(network.gateway
                .peer
                .onFragment(section + "a=end-of-candidates", network.nowNanos)
                .isEmpty());
        String restart = section + "a=ice-ufrag:other\na=ice-pwd:password-of-22-characters";
        assertThrows(SdpException.class, () -> network.gateway.peer.onFragment(restart, network.nowNanos));
    }
}
