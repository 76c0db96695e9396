package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9260 section 9. */
class ShutdownTest {
    private static boolean bothClosed(Peers peers) {
        return peers.left.association.state() == AssociationState.CLOSED
                && peers.right.association.state() == AssociationState.CLOSED;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void deliversAllBeforeItEnds(long seed) {
        Peers peers = Peers.connected(seed, LossyPath.Weather.losing(seed == 1 ? 0 : 0.15));
        for (int i = 0; i < 100; i++) {
            peers.left.send(1, "x".repeat(1_000));
            peers.right.send(1, "y".repeat(1_000));
        }
        peers.left.association.shutdown();
        assertEquals(SendResult.NOT_CONNECTED, peers.left.association.send(1, 51, new byte[1], Delivery.RELIABLE));
        assertTrue(peers.path.runUntil(() -> bothClosed(peers), 600_000));
        assertEquals(100, peers.right.messages.size());
        assertEquals("closed CLOSED_LOCALLY 0", peers.left.events.getLast());
        // What it got at the end may be lost, and then it waits in vain.
        assertTrue(peers.right.events.getLast().startsWith("closed "));
        if (seed == 1) {
            assertEquals(100, peers.left.messages.size());
            assertEquals("closed CLOSED_BY_PEER 0", peers.right.events.getLast());
        }
        assertEquals(Association.NEVER, peers.left.nextDeadline());
    }

    @Test
    void endsOnceWhenBothBeginTo() {
        Peers peers = Peers.connected(9, LossyPath.Weather.FAIR);
        peers.left.association.shutdown();
        peers.right.association.shutdown();
        assertTrue(peers.path.runUntil(() -> bothClosed(peers), 10_000));
        assertEquals(2, peers.left.events.size());
        assertEquals(2, peers.right.events.size());
    }

    @Test
    void breaksOffAtOnceAndSaysSo() {
        Peers peers = Peers.connected(10, LossyPath.Weather.FAIR);
        peers.left.send(1, "never sent");
        peers.left.association.abort();
        assertEquals(SendResult.NOT_CONNECTED, peers.left.association.send(1, 51, new byte[1], Delivery.RELIABLE));
        peers.path.run(1_000);
        assertEquals(List.of("connected", "closed CLOSED_LOCALLY 0"), peers.left.events);
        assertEquals(List.of("connected", "closed ABORTED_BY_PEER 12"), peers.right.events);
        assertTrue(peers.right.messages.isEmpty());
        assertEquals(SctpDrop.CLOSED, peers.left.association.onPacket(new byte[20], 0, 20, 0, peers.left));
    }

    @Test
    void breaksOffFromWithinWhatItTells() {
        Peers peers = Peers.connected(11, LossyPath.Weather.FAIR);
        peers.right.onMessage = () -> peers.right.association.abort();
        peers.left.send(1, "enough");
        peers.path.run(1_000);
        assertEquals("closed CLOSED_LOCALLY 0", peers.right.events.getLast());
        assertEquals("closed ABORTED_BY_PEER 12", peers.left.events.getLast());
    }

    @Test
    void endsBeforeItBegan() {
        Peers peers = new Peers(12, LossyPath.Weather.FAIR);
        peers.left.association.start(5_000, peers.path.nowNanos);
        peers.left.association.shutdown();
        peers.path.run(1_000);
        assertEquals(List.of("closed CLOSED_LOCALLY 0"), peers.left.events);
        assertEquals(0, peers.path.sent);
    }

    @Test
    void doesNotWaitForeverForAPeerThatGoesOnSending() {
        Peers peers = new Peers(13, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        peers.left.association.shutdown();
        for (int i = 0; i < 100 && peers.left.association.state() != AssociationState.CLOSED; i++) {
            forged.toLeft(Forged.whole(forged.rightTsn + i, 1, i, "and another thing"));
            peers.path.run(1_000);
        }
        assertEquals("closed CLOSED_LOCALLY 0", peers.left.events.getLast());
        assertTrue(forged.leftSent(ChunkType.ABORT));
    }

    @Test
    void takesAnAbortThatReflectsThePeersTag() {
        Peers peers = new Peers(14, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        byte[] wrong = Forged.packet(forged.rightTag, Forged.chunk(ChunkType.ABORT, 0));
        byte[] right = Forged.packet(forged.rightTag, Forged.chunk(ChunkType.ABORT, ChunkType.TAG_REFLECTED));
        assertEquals(
                SctpDrop.WRONG_TAG,
                peers.left.association.onPacket(wrong, 0, wrong.length, peers.path.nowNanos, peers.left));
        assertFalse(peers.left.events.getLast().startsWith("closed"));
        peers.left.association.onPacket(right, 0, right.length, peers.path.nowNanos, peers.left);
        assertEquals("closed ABORTED_BY_PEER 0", peers.left.events.getLast());
    }
}
