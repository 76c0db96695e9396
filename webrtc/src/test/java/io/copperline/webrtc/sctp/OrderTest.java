package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What may overtake what, and numbers that wrap. */
class OrderTest {
    @Test
    void unorderedAndOtherStreamsDoNotWaitForAGap() {
        Peers peers = new Peers(1, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        int tsn = forged.rightTsn;
        int unordered = ChunkType.BEGIN | ChunkType.END | ChunkType.UNORDERED;
        forged.toLeft(Forged.whole(tsn + 1, 1, 1, "same stream"));
        forged.toLeft(Forged.whole(tsn + 2, 2, 0, "other stream"));
        forged.toLeft(Forged.data(tsn + 3, unordered, 1, 0, (byte) 'u'));
        forged.toLeft(Forged.whole(tsn + 4, 2, 1, "other stream again"));
        assertEquals(List.of("other stream", "u", "other stream again"), peers.left.texts());
        forged.toLeft(Forged.whole(tsn, 1, 0, "missing"));
        assertEquals(List.of("other stream", "u", "other stream again", "missing", "same stream"), peers.left.texts());
    }

    @Test
    void assemblesPiecesInAnyOrder() {
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8));
        for (int seed = 0; seed < 200; seed++) {
            java.util.Collections.shuffle(order, new Random(seed));
            Peers peers = new Peers(2, LossyPath.Weather.FAIR);
            Forged forged = Forged.connect(peers);
            int flagsOfLast = seed % 2 == 0 ? ChunkType.UNORDERED : 0;
            for (int i : order) {
                int message = i / 3;
                int flags = (i % 3 == 0 ? ChunkType.BEGIN : 0) | (i % 3 == 2 ? ChunkType.END : 0);
                flags |= message == 2 ? flagsOfLast : 0;
                forged.toLeft(Forged.data(forged.rightTsn + i, flags, 3, message, (byte) ('a' + i)));
            }
            assertEquals(3, peers.left.messages.size(), () -> "order " + order);
            assertEquals(java.util.Set.of("abc", "def", "ghi"), new HashSet<>(peers.left.texts()));
            assertTrue(peers.left.texts().indexOf("abc") < peers.left.texts().indexOf("def"));
        }
    }

    @Test
    void keepsEachStreamsOrderThroughReordering() {
        Peers peers = Peers.connected(3, new LossyPath.Weather(0.05, 0, 0.05, 10, 100, 0));
        Map<Integer, Integer> next = new HashMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            int stream = random.nextInt(20);
            int number = next.merge(stream, 1, Integer::sum);
            peers.left.send(stream, number + " ".repeat(random.nextInt(300)));
        }
        assertTrue(peers.path.runUntil(() -> peers.right.messages.size() == 3_000, 600_000));
        Map<Integer, Integer> seen = new HashMap<>();
        for (Peers.Message message : peers.right.messages) {
            int number = Integer.parseInt(message.text().trim());
            assertEquals(seen.getOrDefault(message.stream(), 0) + 1, number);
            seen.put(message.stream(), number);
        }
        peers.path.run(10_000);
        assertEquals(3_000, peers.right.messages.size());
    }

    @Test
    void unorderedMessagesAllArriveOnce() {
        Peers peers = Peers.connected(4, new LossyPath.Weather(0.1, 0, 0.1, 10, 100, 0));
        for (int i = 0; i < 1_000; i++) {
            peers.left.send(1, "%d %s".formatted(i, "x".repeat(i % 7 * 400)), Delivery.reliable(false));
        }
        assertTrue(peers.path.runUntil(() -> peers.right.messages.size() == 1_000, 600_000));
        assertEquals(1_000, new HashSet<>(peers.right.texts()).size());
        assertTrue(!peers.right.texts().getFirst().equals(peers.right.texts().getLast()));
    }

    @Test
    void streamSequenceNumbersWrap() {
        Peers peers = Peers.connected(5, new LossyPath.Weather(0.01, 0, 0, 5, 5, 0));
        int[] sent = {0};
        Runnable fill = () -> {
            while (sent[0] < 140_000
                    && peers.left.association.send(1, 53, bytes(sent[0]), Delivery.RELIABLE) == SendResult.QUEUED) {
                sent[0]++;
            }
        };
        peers.left.onUnqueued = fill;
        int[] got = {0};
        peers.right.onMessage = () -> {
            assertEquals(got[0]++, Wire.i32(peers.right.messages.removeLast().bytes(), 0));
        };
        fill.run();
        assertTrue(peers.path.runUntil(() -> got[0] == 140_000, 3_600_000));
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[4];
        Wire.put32(bytes, 0, number);
        return bytes;
    }

    /** Generators whose every int is near the end of the range: tags, and the TSN from which both sides count. */
    @Test
    void transmissionSequenceNumbersWrap() {
        for (int tsn : new int[] {-5, -500, Integer.MAX_VALUE - 3, Integer.MAX_VALUE - 700}) {
            Peers peers = new Peers(6, new LossyPath.Weather(0.02, 0, 0.02, 5, 20, 0));
            peers.left.association = new Association(SctpSettings.DEFAULT, always(tsn));
            peers.right.association = new Association(SctpSettings.DEFAULT, always(tsn + 1));
            peers.connect();
            for (int i = 0; i < 2_000; i++) {
                peers.left.send(i % 3, "%d %s".formatted(i, "x".repeat(i % 1_500)), Delivery.retransmissions(true, 50));
                peers.right.send(i % 3, "%d %s".formatted(i, "x".repeat(i % 1_500)));
            }
            assertTrue(peers.path.runUntil(
                    () -> peers.left.messages.size() == 2_000 && peers.right.messages.size() == 2_000, 600_000));
        }
    }

    private static Random always(int number) {
        return new Random(1) {
            private static final long serialVersionUID = 1L;

            @Override
            public int nextInt() {
                return number;
            }
        };
    }
}
