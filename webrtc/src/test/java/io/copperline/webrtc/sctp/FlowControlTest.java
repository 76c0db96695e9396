package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The receive window (RFC 9260 sections 6.1 and 6.2), and the buffer of what is sent. */
class FlowControlTest {
    private static final int WINDOW = 20_000;

    @Test
    void windowClosesAtAGapAndOpensAgain() {
        Peers peers = new Peers(
                1, LossyPath.Weather.FAIR, SctpSettings.DEFAULT, Peers.settings(50_000, WINDOW, 1_000_000, 16));
        peers.connect();
        boolean[] closed = {true};
        int[] first = {0};
        // The chunk with the first TSN is lost as long as we say so.
        peers.path.passes = packet -> {
            if ((packet[12] & 0xff) == ChunkType.DATA && first[0] == 0) {
                first[0] = Wire.i32(packet, 16);
            }
            return !closed[0] || (packet[12] & 0xff) != ChunkType.DATA || Wire.i32(packet, 16) != first[0];
        };
        for (int i = 0; i < 200; i++) {
            peers.left.association.send(1, 53, new byte[1_000], Delivery.RELIABLE);
        }
        peers.path.run(3_000);
        assertEquals(0, peers.right.messages.size());
        int unsent = 200_000 - peers.left.unqueuedBytes;
        assertTrue(unsent > 200_000 - WINDOW - 3_000, () -> "sent into a closed window: " + unsent);
        closed[0] = false;
        assertTrue(peers.path.runUntil(() -> peers.right.messages.size() == 200, 60_000));
    }

    @Test
    void probesAClosedWindowMoreAndMoreSeldom() {
        Peers peers = new Peers(2, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        int tsn = forged.leftTsn;
        peers.left.association.send(1, 53, new byte[1_000], Delivery.RELIABLE);
        peers.left.onTime(peers.path.nowNanos);
        forged.toLeft(Forged.sack(tsn, 0));
        for (int i = 0; i < 20; i++) {
            peers.left.association.send(1, 53, new byte[1_000], Delivery.RELIABLE);
        }
        peers.left.packets.clear();
        // The peer says for five minutes that it has no room; the association lives on.
        for (int i = 0; i < 3_000; i++) {
            peers.path.run(100);
            if (i % 10 == 0) {
                forged.toLeft(Forged.sack(tsn, 0));
            }
        }
        assertEquals(AssociationState.ESTABLISHED, peers.left.association.state());
        int probes = Forged.count(peers.left.packets, ChunkType.DATA);
        assertTrue(probes > 20 && probes < 60, "probes: " + probes);
        peers.left.packets.clear();
        forged.toLeft(Forged.sack(tsn + 1, 100_000));
        assertTrue(Forged.count(peers.left.packets, ChunkType.DATA) >= 1);
    }

    @Test
    void announcesWhatItHoldsAndNeverHoldsMore() {
        Peers peers = new Peers(
                3, LossyPath.Weather.FAIR, Peers.settings(50_000, WINDOW, 1_000_000, 16), SctpSettings.DEFAULT);
        Forged forged = Forged.connect(peers);
        int tsn = forged.rightTsn;
        forged.toLeft(Forged.data(tsn + 1, 3, 1, 1, new byte[1_000]));
        assertEquals(WINDOW - 1_000, window(forged));
        for (int i = 2; i < 40; i++) {
            SctpDrop drop = forged.toLeft(Forged.data(tsn + i, 3, 1, i, new byte[1_000]));
            assertEquals(i <= 20 ? SctpDrop.TAKEN : SctpDrop.WINDOW_FULL, drop);
        }
        peers.left.packets.clear();
        assertEquals(SctpDrop.WINDOW_FULL, forged.toLeft(Forged.data(tsn + 40, 3, 1, 40, new byte[1_000])));
        assertEquals(0, window(forged));
        assertEquals(SctpDrop.TAKEN, forged.toLeft(Forged.data(tsn, 3, 1, 0, new byte[1_000])));
        assertEquals(21, peers.left.messages.size());
        peers.left.packets.clear();
        forged.toLeft(Forged.data(tsn, 3, 1, 0, new byte[1_000]));
        assertEquals(WINDOW, window(forged));
    }

    private static int window(Forged forged) {
        return Wire.i32(forged.sentByLeft(ChunkType.SACK), 4);
    }

    @Test
    void takesAMessageLargerThanTheWindow() {
        Peers peers = new Peers(
                4, LossyPath.Weather.losing(0.05), SctpSettings.DEFAULT, Peers.settings(300_000, WINDOW, 100_000, 16));
        peers.connect();
        peers.left.association.send(1, 53, new byte[300_000], Delivery.RELIABLE);
        assertTrue(peers.path.runUntil(() -> peers.right.messages.size() == 1, 600_000));
        assertEquals(300_000, peers.right.receivedBytes);
    }

    @Test
    void refusesWhatTheBufferCannotHold() {
        Peers peers =
                new Peers(5, LossyPath.Weather.FAIR, Peers.settings(50_000, WINDOW, 10_000, 16), SctpSettings.DEFAULT);
        peers.connect();
        assertEquals(SendResult.QUEUED, peers.left.association.send(1, 53, new byte[30_000], Delivery.RELIABLE));
        assertEquals(SendResult.BUFFER_FULL, peers.left.association.send(1, 53, new byte[1], Delivery.RELIABLE));
        assertEquals(SendResult.QUEUED, peers.left.association.sendControl(1, 50, new byte[1]));
        peers.path.run(2_000);
        assertEquals(SendResult.QUEUED, peers.left.association.send(1, 53, new byte[1], Delivery.RELIABLE));
        int small = 1;
        while (peers.left.association.send(1, 53, new byte[1], Delivery.RELIABLE) == SendResult.QUEUED) {
            small++;
        }
        assertTrue(small < 200, "small messages are not free: " + small);
        peers.path.run(2_000);
        assertEquals(2 + small, peers.right.messages.size());
    }

    @Test
    void streamsTakeTurns() {
        Peers peers = Peers.connected(6, LossyPath.Weather.FAIR);
        for (int i = 0; i < 50; i++) {
            peers.left.association.send(1, 53, new byte[20_000], Delivery.RELIABLE);
        }
        peers.left.send(2, "hello");
        peers.left.send(3, "there");
        assertTrue(peers.path.runUntil(() -> peers.right.messages.size() == 4, 10_000));
        assertEquals(
                List.of(1, 2, 3, 1),
                peers.right.messages.stream().map(Peers.Message::stream).toList());
    }
}
