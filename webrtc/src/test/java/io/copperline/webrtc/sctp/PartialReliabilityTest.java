package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3758, RFC 7496. */
class PartialReliabilityTest {
    private static final byte[] LARGE = new byte[5_000];

    private static List<Integer> numbers(Peers.Peer of) {
        return of.texts().stream()
                .filter(t -> !t.equals("end"))
                .map(t -> Integer.parseInt(t.trim()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesUpWhatIsLostAndKeepsTheOrder(long seed) {
        Peers peers = Peers.connected(seed, LossyPath.Weather.losing(0.1));
        for (int i = 0; i < 500; i++) {
            peers.left.send(4, i + " ".repeat(i % 5 == 0 ? 3_000 : 50), Delivery.retransmissions(true, 0));
        }
        peers.left.send(4, "end");
        assertTrue(
                peers.path.runUntil(() -> peers.right.texts().contains("end"), 120_000),
                () -> peers.left.association.statistics().toString());
        List<Integer> got = numbers(peers.right);
        assertEquals(new ArrayList<>(got).stream().sorted().toList(), got);
        long abandoned = peers.left.association.statistics().messagesAbandoned();
        assertTrue(abandoned > 20, "abandoned " + abandoned);
        assertTrue(got.size() >= 500 - abandoned && got.size() < 500, "got " + got.size());
        assertEquals(got.size() + 1, peers.right.messages.size());
        assertTrue(peers.path.runUntil(() -> idle(peers.left), 60_000));
    }

    private static boolean idle(Peers.Peer peer) {
        return peer.association.statistics().unacknowledgedChunks() == 0;
    }

    @Test
    void triesAsOftenAsItMay() {
        Peers peers = Peers.connected(6, LossyPath.Weather.FAIR);
        int[] tries = {0};
        peers.path.passes = packet -> (packet[12] & 0xff) != ChunkType.DATA || tries[0]++ < 0;
        peers.left.send(1, "lost", Delivery.retransmissions(true, 3));
        peers.path.run(60_000);
        assertEquals(4, tries[0]);
        assertEquals(1, peers.left.association.statistics().messagesAbandoned());
        assertTrue(idle(peers.left), "the peer was told to skip it");
    }

    @Test
    void dropsWhatIsOlderThanItsLifetime() {
        Peers peers = Peers.connected(7, LossyPath.Weather.FAIR);
        long closedUntil = peers.path.nowNanos + 3_000_000_000L;
        peers.path.passes = packet -> peers.path.nowNanos - closedUntil > 0;
        for (int i = 0; i < 50; i++) {
            peers.left.send(1, "%d%s".formatted(i, " ".repeat(1_000)), Delivery.lifetime(true, 500));
            peers.path.run(10);
        }
        peers.path.run(10_000);
        assertEquals(List.of(), peers.right.texts());
        peers.left.send(1, "99", Delivery.lifetime(true, 500));
        peers.path.run(1_000);
        assertEquals(List.of(99), numbers(peers.right));
        assertEquals(50, peers.left.association.statistics().messagesAbandoned());
        assertTrue(idle(peers.left));
        assertEquals(50 * 1_000 + 90 + 2, peers.left.unqueuedBytes, "given up counts as gone from the queue");
    }

    @Test
    void deliversInTimeWhatHasALifetime() {
        Peers peers = Peers.connected(8, LossyPath.Weather.FAIR);
        peers.path.run(100_000);
        peers.left.send(1, "first", Delivery.lifetime(false, 50));
        peers.path.run(1_000);
        assertEquals(List.of("first"), peers.right.texts());
    }

    @Test
    void givesUpALargeMessageOfWhichOnlyAPartWasSent() {
        Peers peers = Peers.connected(9, LossyPath.Weather.FAIR);
        // The first packets arrive and are acknowledged; then nothing passes for longer than the message lives.
        int[] data = {0};
        long[] closedUntil = {0};
        peers.path.passes = packet -> {
            if (packet.length > 1_000 && ++data[0] == 5) {
                closedUntil[0] = peers.path.nowNanos + 2_000_000_000L;
            }
            return peers.path.nowNanos - closedUntil[0] > 0;
        };
        byte[] huge = new byte[100_000];
        peers.left.association.send(1, 53, huge, Delivery.lifetime(true, 300));
        peers.path.run(8_000);
        peers.left.send(1, "after");
        peers.left.send(2, "elsewhere");
        peers.path.run(8_000);
        assertEquals(List.of("after", "elsewhere"), peers.right.texts());
        assertEquals(100_000 + 5 + 9, peers.left.unqueuedBytes);
        assertTrue(idle(peers.left));
    }

    @Test
    void skipsUnorderedMessagesInPieces() {
        Peers peers = Peers.connected(10, LossyPath.Weather.FAIR);
        int[] data = {0};
        peers.path.passes = packet -> packet.length < 1_000 || ++data[0] != 3; // One fragment of the first is lost.
        peers.left.association.send(1, 53, LARGE, Delivery.retransmissions(false, 0));
        peers.left.association.send(1, 53, LARGE, Delivery.retransmissions(false, 0));
        peers.left.association.send(1, 53, new byte[] {1}, Delivery.RELIABLE);
        peers.path.run(10_000);
        assertEquals(2, peers.right.messages.size());
        assertArrayEquals(LARGE, peers.right.messages.get(0).bytes());
        assertTrue(idle(peers.left));
    }

    @Test
    void asksAPeerThatCannotSkipForNothing() {
        InitChunk peer = new InitChunk(1, 100_000, 10, 10, 1, false, true, new byte[0], new byte[0]);
        RetransmissionTimeout timeout = new RetransmissionTimeout(SctpSettings.DEFAULT);
        DataSender sender = new DataSender(SctpSettings.DEFAULT, 1, peer, timeout, 0);
        sender.send(1, 53, new byte[1], Delivery.retransmissions(true, 0), false);
        assertEquals(Delivery.RELIABLE, sender.queue().next().delivery);
    }

    @Test
    void toleratesASkipOfWhatItHas() {
        Peers peers = new Peers(11, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        int tsn = forged.rightTsn;
        forged.toLeft(Forged.whole(tsn, 1, 0, "a"));
        forged.toLeft(Forged.whole(tsn + 2, 1, 2, "c"), Forged.whole(tsn + 5, 1, 5, "f"));
        assertEquals(List.of("a"), peers.left.texts());
        byte[] skip = java.nio.ByteBuffer.allocate(8)
                .putInt(tsn + 3)
                .putShort((short) 1)
                .putShort((short) 3)
                .array();
        assertEquals(SctpDrop.TAKEN, forged.toLeft(Forged.chunk(ChunkType.FORWARD_TSN, 0, skip)));
        assertEquals(List.of("a", "c"), peers.left.texts());
        forged.toLeft(Forged.whole(tsn + 4, 1, 4, "e"));
        assertEquals(List.of("a", "c", "e", "f"), peers.left.texts());
        assertEquals(SctpDrop.STALE, forged.toLeft(Forged.chunk(ChunkType.FORWARD_TSN, 0, skip)));
    }

    @Test
    void skipsFarAhead() {
        Peers peers = new Peers(12, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        int tsn = forged.rightTsn;
        forged.toLeft(Forged.whole(tsn + 3, 1, 3, "d"));
        byte[] skip = java.nio.ByteBuffer.allocate(4).putInt(tsn + 1_000_000).array();
        forged.toLeft(Forged.chunk(ChunkType.FORWARD_TSN, 0, skip));
        forged.toLeft(Forged.whole(tsn + 1_000_001, 1, 9, "z"));
        assertEquals(List.of("d", "z"), peers.left.texts());
    }
}
