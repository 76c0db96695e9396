package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.stun.StunAttribute;
import io.copperline.webrtc.stun.StunPassword;
import io.copperline.webrtc.stun.StunWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Floods from strangers who know our user fragment, which travels in the clear, and not our password. */
class StrangersTest {
    private static final int FLOOD = 20_000;

    private SimulatedNetwork network;
    private int answeredBytes;
    private int askedBytes;

    @BeforeEach
    void connect() throws Exception {
        network = Peers.negotiated(21, Weather.FAIR);
        assertTrue(network.connect(2_000));
    }

    /** Whom the gateway answers, and how much. */
    private final PeerSink sink = new PeerSink() {
        @Override
        public void transmit(byte[] buf, int off, int len, TransportAddress to) {
            if (to.socket().getPort() == 666) {
                answeredBytes += len;
            }
        }

        @Override
        public void validated(TransportAddress remote) {
            throw new AssertionError("a stranger's address counts as checked");
        }

        @Override
        public void rtp(byte[] buf, int off, int len) {}

        @Override
        public void event(PeerEvent event) {
            throw new AssertionError(event.toString());
        }
    };

    private void flood(byte[] datagram, Fate fate) {
        for (int i = 0; i < FLOOD; i++) {
            TransportAddress stranger =
                    TransportAddress.udp(new InetSocketAddress(InetAddress.ofLiteral("203.0.113." + i % 256), 666));
            askedBytes += datagram.length;
            Fate taken = network.gateway.peer.onDatagram(
                    datagram.clone(), 0, datagram.length, stranger, network.nowNanos, sink);
            assertEquals(fate, taken);
        }
    }

    @Test
    void forgedChecksGetNoStateAndNoMoreThanTheySent() {
        StunWriter writer = new StunWriter();
        int length = writer.begin(1, new byte[12])
                .text(StunAttribute.USERNAME, network.gateway.peer.localUfrags().getFirst() + ":x")
                .number(StunAttribute.PRIORITY, 1)
                .flag(StunAttribute.USE_CANDIDATE)
                .finish(new StunPassword("forged-password-of-22-c"));
        flood(Arrays.copyOf(writer.buffer(), length), Fate.STUN_NOT_AUTHENTIC);
        assertTrue(answeredBytes <= askedBytes, answeredBytes + " bytes for " + askedBytes);
        assertTalksOn();
    }

    @Test
    void clientHellosFromUncheckedAddressesBeginNothing() {
        byte[] hello = new byte[200];
        hello[0] = 22;
        hello[13] = 1;
        flood(hello, Fate.DTLS_UNCHECKED);
        assertEquals(0, answeredBytes);
        assertTalksOn();
    }

    private void assertTalksOn() {
        Peers.speak(network, network.browser, 50, 0);
        network.run(50);
        assertEquals(50, network.gateway.packets.size());
    }
}
