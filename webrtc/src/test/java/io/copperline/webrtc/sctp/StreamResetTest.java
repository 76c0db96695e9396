package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6525. */
class StreamResetTest {
    @Test
    void resetsAfterAllThatWaits() {
        Peers peers = Peers.connected(1, LossyPath.Weather.FAIR);
        byte[] large = new byte[200_000];
        peers.left.association.send(5, 53, large, Delivery.RELIABLE);
        peers.left.association.resetStream(5);
        assertEquals(SendResult.NO_SUCH_STREAM, peers.left.association.send(5, 53, large, Delivery.RELIABLE));
        peers.right.onMessage = () -> assertFalse(peers.right.events.contains("reset 5"));
        peers.path.run(5_000);
        assertEquals(1, peers.right.messages.size());
        assertEquals(List.of("connected", "reset 5"), peers.right.events);
        assertEquals(List.of("connected", "reset 5 done"), peers.left.events);
    }

    @Test
    void beginsTheStreamAnew() {
        Peers peers = Peers.connected(2, LossyPath.Weather.FAIR);
        for (int round = 0; round < 20; round++) {
            int before = peers.right.messages.size();
            peers.left.send(5, "a" + round);
            peers.left.send(5, "b" + round);
            peers.left.association.resetStream(5);
            peers.path.run(1_000);
            assertEquals(before + 2, peers.right.messages.size());
        }
        assertEquals(21, peers.right.events.size());
        assertEquals(21, peers.left.events.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void resetsThroughLossAndReordering(long seed) {
        Peers peers = Peers.connected(seed, new LossyPath.Weather(0.2, 0, 0.1, 20, 60, 0));
        for (int round = 1; round <= 15; round++) {
            int rounds = round;
            peers.left.send(5, "a" + round);
            peers.left.send(5, "b" + round);
            peers.left.send(6, "c" + round);
            peers.left.association.resetStream(5);
            assertTrue(peers.path.runUntil(() -> peers.left.events.size() == 1 + rounds, 120_000));
        }
        assertTrue(peers.path.runUntil(() -> peers.right.messages.size() == 45, 120_000));
        List<String> onFive = peers.right.messages.stream()
                .filter(m -> m.stream() == 5)
                .map(Peers.Message::text)
                .toList();
        for (int round = 1; round <= 15; round++) {
            assertEquals("a" + round, onFive.get(2 * round - 2));
            assertEquals("b" + round, onFive.get(2 * round - 1));
        }
        assertEquals(15, peers.right.events.stream().filter("reset 5"::equals).count());
    }

    @Test
    void resetsManyStreamsAtOnce() {
        Peers peers = Peers.connected(3, LossyPath.Weather.FAIR);
        for (int stream = 0; stream < 1_024; stream++) {
            peers.left.send(stream, "x");
            peers.left.association.resetStream(stream);
        }
        peers.path.run(10_000);
        assertEquals(1_025, peers.left.events.size());
        assertEquals(1_025, peers.right.events.size());
        assertEquals(1_024, peers.right.messages.size());
    }

    @Test
    void waitsForWhatWasSentBefore() {
        Peers peers = new Peers(4, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        int tsn = forged.rightTsn;
        byte[] request = outgoing(tsn, tsn + 1, 3);
        forged.toLeft(Forged.chunk(ChunkType.RE_CONFIG, 0, request));
        assertEquals(6, result(forged), "in progress");
        // After the reset, message 0 of the new stream comes before what is missing of the old one.
        forged.toLeft(Forged.whole(tsn + 2, 3, 0, "new"), Forged.whole(tsn + 1, 3, 1, "old 1"));
        assertEquals(List.of(), peers.left.texts());
        forged.toLeft(Forged.whole(tsn, 3, 0, "old 0"));
        assertEquals(List.of("old 0", "old 1", "new"), peers.left.texts());
        assertEquals(List.of("connected", "reset 3"), peers.left.events);
        peers.left.packets.clear();
        forged.toLeft(Forged.chunk(ChunkType.RE_CONFIG, 0, request));
        assertEquals(1, result(forged), "performed");
        peers.left.packets.clear();
        forged.toLeft(Forged.chunk(ChunkType.RE_CONFIG, 0, request));
        assertEquals(1, result(forged), "performed, and not again");
        assertEquals(2, peers.left.events.size());
    }

    private static byte[] outgoing(int number, int lastTsn, int... streams) {
        ByteBuffer request = ByteBuffer.allocate(16 + 2 * streams.length)
                .putShort((short) 13)
                .putShort((short) (16 + 2 * streams.length))
                .putInt(number)
                .putInt(0)
                .putInt(lastTsn);
        for (int stream : streams) {
            request.putShort((short) stream);
        }
        return request.array();
    }

    private static int result(Forged forged) {
        byte[] response = forged.sentByLeft(ChunkType.RE_CONFIG);
        assertEquals(16, Wire.u16(response, 0));
        return Wire.i32(response, 8);
    }

    @Test
    void resetsAllStreamsWhereNoneIsNamed() {
        Peers peers = new Peers(5, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        forged.toLeft(Forged.chunk(ChunkType.RE_CONFIG, 0, outgoing(forged.rightTsn, forged.rightTsn - 1)));
        assertEquals(1_025, peers.left.events.size());
    }

    @Test
    void deniesWhatItDoesNotDo() {
        for (int type : new int[] {14, 15, 17, 18}) {
            Peers peers = new Peers(6, LossyPath.Weather.FAIR);
            Forged forged = Forged.connect(peers);
            byte[] request = outgoing(forged.rightTsn, 0);
            request[1] = (byte) type;
            forged.toLeft(Forged.chunk(ChunkType.RE_CONFIG, 0, request));
            assertEquals(2, result(forged));
            assertEquals(List.of("connected"), peers.left.events);
        }
    }

    @Test
    void refusesARequestOutOfTurn() {
        Peers peers = new Peers(7, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        SctpDrop drop = forged.toLeft(
                Forged.chunk(ChunkType.RE_CONFIG, 0, outgoing(forged.rightTsn + 5, forged.rightTsn - 1, 1)));
        assertEquals(SctpDrop.STALE, drop);
        assertEquals(5, result(forged));
        assertEquals(List.of("connected"), peers.left.events);
    }

    @Test
    void asksAgainWhileThePeerIsNotDone() {
        Peers peers = new Peers(8, LossyPath.Weather.FAIR);
        Forged forged = Forged.connect(peers);
        peers.left.association.resetStream(9);
        peers.left.onTime(peers.path.nowNanos);
        byte[] asked = forged.sentByLeft(ChunkType.RE_CONFIG);
        assertEquals(13, Wire.u16(asked, 0));
        assertEquals(9, Wire.u16(asked, 16));
        assertEquals(forged.leftTsn, Wire.i32(asked, 4), "the first request has the initial TSN's number");
        byte[] inProgress = ByteBuffer.allocate(12)
                .putShort((short) 16)
                .putShort((short) 12)
                .putInt(Wire.i32(asked, 4))
                .putInt(6)
                .array();
        for (int i = 0; i < 15; i++) {
            peers.left.packets.clear();
            forged.toLeft(Forged.chunk(ChunkType.RE_CONFIG, 0, inProgress));
            peers.path.run(1_500);
            assertArrayEquals(asked, forged.sentByLeft(ChunkType.RE_CONFIG));
        }
        inProgress[11] = 2;
        forged.toLeft(Forged.chunk(ChunkType.RE_CONFIG, 0, inProgress));
        assertEquals(List.of("connected", "reset 9 refused"), peers.left.events);
        assertEquals(SendResult.NO_SUCH_STREAM, peers.left.association.send(9, 53, new byte[1], Delivery.RELIABLE));
    }
}
