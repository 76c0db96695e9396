package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 9260 section 8.3. */
class HeartbeatTest {
    @Test
    void keepsASilentAssociationForADay() {
        Peers peers = Peers.connected(1, new LossyPath.Weather(0.05, 0, 0.05, 30, 30, 0));
        peers.path.sent = 0;
        peers.path.run(86_400_000);
        assertEquals(AssociationState.ESTABLISHED, peers.left.association.state());
        assertTrue(peers.path.sent < 14_000, () -> peers.path.sent + " packets");
        peers.left.send(1, "still there");
        assertTrue(peers.path.runUntil(() -> peers.right.messages.size() == 1, 10_000));
    }

    @Test
    void findsThatASilentPeerIsGone() {
        Peers peers = Peers.connected(2, LossyPath.Weather.FAIR);
        peers.path.run(60_000);
        peers.path.passes = packet -> false;
        peers.path.run(150_000);
        assertEquals(List.of("connected", "closed PEER_UNREACHABLE 0"), peers.left.events);
    }

    @Test
    void measuresTheRoundTrip() {
        Peers peers = Peers.connected(3, new LossyPath.Weather(0, 0, 0, 70, 0, 0));
        peers.path.run(40_000);
        assertEquals(140_000_000, peers.left.association.statistics().smoothedRoundTripNanos());
    }

    @Test
    void answersWithWhatItWasAsked() {
        Peers peers = new Peers(4, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        byte[] anything = {0, 1, 0, 9, 1, 2, 3, 4, 5};
        assertEquals(SctpDrop.TAKEN, forged.toLeft(Forged.chunk(ChunkType.HEARTBEAT, 0, anything)));
        assertArrayEquals(anything, forged.sentByLeft(ChunkType.HEARTBEAT_ACK));
        assertEquals(SctpDrop.MALFORMED, forged.toLeft(Forged.chunk(ChunkType.HEARTBEAT, 0, new byte[1_400])));
    }

    @Test
    void refusesAnAnswerToWhatItDidNotAsk() {
        Peers peers = new Peers(5, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        assertEquals(SctpDrop.STALE, forged.toLeft(Forged.chunk(ChunkType.HEARTBEAT_ACK, 0, new byte[20])));
        peers.path.run(31_600);
        byte[] asked = forged.sentByLeft(ChunkType.HEARTBEAT);
        byte[] forgedAnswer = asked.clone();
        forgedAnswer[5] ^= 1;
        assertEquals(SctpDrop.STALE, forged.toLeft(Forged.chunk(ChunkType.HEARTBEAT_ACK, 0, forgedAnswer)));
        assertEquals(SctpDrop.TAKEN, forged.toLeft(Forged.chunk(ChunkType.HEARTBEAT_ACK, 0, asked)));
    }
}
