package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static boolean bothUp(Peers peers) {
        return peers.left.association.state() == AssociationState.ESTABLISHED
                && peers.right.association.state() == AssociationState.ESTABLISHED;
    }

    @Test
    void connectsWhenBothBeginAtOnce() {
        Peers peers = new Peers(1, LossyPath.Weather.FAIR);
        peers.connect();
        peers.path.run(5_000);
        assertEquals(List.of("connected"), peers.left.events);
        assertEquals(List.of("connected"), peers.right.events);
        assertEquals(1_024, peers.left.association.streams());
    }

    @Test
    void connectsWhenOneBeginsLong() {
        Peers peers = new Peers(2, LossyPath.Weather.FAIR);
        peers.left.association.start(5_000, peers.path.nowNanos);
        peers.path.run(10_000);
        peers.right.association.start(5_000, peers.path.nowNanos);
        assertTrue(peers.path.runUntil(() -> bothUp(peers), 10_000));
        peers.right.send(1, "hello");
        peers.path.run(1_000);
        assertEquals(List.of("hello"), peers.left.texts());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void connectsWhicheverPacketIsLost(int lost) {
        Peers peers = new Peers(3, LossyPath.Weather.FAIR);
        int[] count = {0};
        peers.path.passes = packet -> count[0]++ != lost;
        peers.connect();
        peers.left.send(3, "from the left");
        peers.right.send(3, "from the right");
        peers.path.run(10_000);
        assertEquals(List.of("connected"), peers.left.events);
        assertEquals(List.of("connected"), peers.right.events);
        assertEquals(List.of("from the left"), peers.right.texts());
        assertEquals(List.of("from the right"), peers.left.texts());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void connectsThroughHeavyLossReorderingAndDuplication(long seed) {
        Peers peers = new Peers(seed, new LossyPath.Weather(0.3, 0, 0.3, 20, 200, 0));
        peers.connect();
        peers.left.send(3, "one");
        peers.right.send(3, "two");
        assertTrue(peers.path.runUntil(
                () -> peers.right.texts().size() == 1 && peers.left.texts().size() == 1, 60_000));
        assertFalse(peers.left.events.contains("restarted"));
        assertFalse(peers.right.events.contains("restarted"));
    }

    @Test
    void givesUpWhenNobodyAnswers() {
        Peers peers = new Peers(4, LossyPath.Weather.FAIR);
        peers.path.passes = packet -> false;
        peers.left.association.start(5_000, peers.path.nowNanos);
        peers.path.run(300_000);
        assertEquals(List.of("closed HANDSHAKE_TIMEOUT 0"), peers.left.events);
        assertEquals(11, peers.path.sent);
        assertEquals(Association.NEVER, peers.left.association.nextDeadline());
    }

    @Test
    void keepsNothingOfAFloodOfInits() {
        Peers peers = new Peers(5, LossyPath.Weather.FAIR);
        peers.left.keepsPackets = true;
        peers.left.association.start(5_000, peers.path.nowNanos);
        peers.left.onTime(peers.path.nowNanos);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] init = Forged.packet(0, init(random.nextInt(), 1_024, random.nextInt()));
            assertEquals(
                    SctpDrop.TAKEN,
                    peers.left.association.onPacket(init, 0, init.length, peers.path.nowNanos, peers.left));
        }
        assertEquals(20_001, peers.left.packets.size());
        assertEquals(AssociationState.COOKIE_WAIT, peers.left.association.state());
        int largest = peers.left.packets.stream().mapToInt(p -> p.length).max().orElse(0);
        assertTrue(largest <= 140, () -> "an answer of " + largest + " bytes");
        peers.left.packets.clear();
        peers.right.association.start(5_000, peers.path.nowNanos);
        assertTrue(peers.path.runUntil(() -> bothUp(peers), 10_000));
    }

    static byte[] init(int tag, int streams, int tsn, byte... parameters) {
        return Forged.chunk(
                ChunkType.INIT,
                0,
                ByteBuffer.allocate(16 + parameters.length)
                        .putInt(tag == 0 ? 1 : tag)
                        .putInt(100_000)
                        .putShort((short) streams)
                        .putShort((short) streams)
                        .putInt(tsn)
                        .put(parameters)
                        .array());
    }

    @Test
    void refusesACookieThatWasChanged() {
        Peers peers = new Peers(6, LossyPath.Weather.FAIR);
        peers.path.passes = packet -> {
            if ((packet[12] & 0xff) == ChunkType.COOKIE_ECHO) {
                packet[40] ^= 1;
                Forged.sealed(packet);
            }
            return true;
        };
        peers.left.association.start(5_000, peers.path.nowNanos);
        peers.right.association.start(5_000, peers.path.nowNanos);
        peers.path.run(3_000);
        assertEquals(AssociationState.COOKIE_ECHOED, peers.left.association.state());
        assertTrue(peers.left.association.dropped(SctpDrop.COOKIE_REFUSED) > 0);
        peers.path.passes = packet -> true;
        assertTrue(peers.path.runUntil(() -> bothUp(peers), 20_000));
    }

    @Test
    void asksForAFreshCookieWhenItsOwnIsStale() {
        Peers peers = new Peers(7, LossyPath.Weather.FAIR);
        // No cookie passes for more than a minute, and only the left one's INIT is answered.
        long began = peers.path.nowNanos;
        peers.path.passes =
                packet -> (packet[12] & 0xff) != ChunkType.COOKIE_ECHO || peers.path.nowNanos - began > 61_000_000_000L;
        peers.left.association.start(5_000, began);
        peers.right.association.start(5_000, began);
        assertTrue(peers.path.runUntil(() -> bothUp(peers), 120_000));
        assertTrue(peers.left.association.dropped(SctpDrop.COOKIE_STALE)
                        + peers.right.association.dropped(SctpDrop.COOKIE_STALE)
                > 0);
    }

    @Test
    void seesThatThePeerBeganAnew() {
        Peers peers = Peers.connected(8, LossyPath.Weather.FAIR);
        peers.left.send(1, "before");
        peers.path.run(1_000);
        peers.right.association = new Association(SctpSettings.DEFAULT, new Random(99));
        peers.right.association.start(5_000, peers.path.nowNanos);
        assertTrue(peers.path.runUntil(() -> bothUp(peers) && peers.left.events.contains("restarted"), 10_000));
        peers.left.send(1, "after");
        peers.right.send(1, "and back");
        peers.path.run(1_000);
        assertEquals(List.of("before", "after"), peers.right.texts());
        assertEquals(List.of("and back"), peers.left.texts());
    }

    @Test
    void saysWhichParametersItDoesNotKnow() {
        Peers peers = new Peers(9, LossyPath.Weather.FAIR);
        peers.left.keepsPackets = true;
        peers.left.association.start(5_000, peers.path.nowNanos);
        peers.left.onTime(peers.path.nowNanos);
        // 0xc123: pass over and report; 0x8123: pass over; 0x0123: stop. The last hides a cookie that nobody asked for.
        byte[] parameters = {(byte) 0xc1, 0x23, 0, 5, 9, 0, 0, 0, (byte) 0x81, 0x23, 0, 4, 0x01, 0x23, 0, 4};
        byte[] init = Forged.packet(0, init(77, 10, 1_000, parameters));
        peers.left.association.onPacket(init, 0, init.length, peers.path.nowNanos, peers.left);
        byte[] ack = Forged.find(peers.left.packets, ChunkType.INIT_ACK).orElseThrow();
        ParameterReader reader = new ParameterReader(ack, 16, ack.length - 16);
        int reported = 0;
        while (reader.next()) {
            if (reader.type() == ChunkType.UNRECOGNIZED_PARAMETER) {
                reported++;
                assertEquals(0xc123, Wire.u16(ack, reader.valueOff()));
                assertEquals(9, ack[reader.valueOff() + 4]);
            }
        }
        assertEquals(1, reported);
        assertFalse(reader.malformed());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 10})
    void dropsAnInitWithAFieldThatCannotBe(int zeroAt) {
        Peers peers = new Peers(10, LossyPath.Weather.FAIR);
        peers.left.association.start(5_000, peers.path.nowNanos);
        peers.left.onTime(peers.path.nowNanos);
        byte[] init = init(77, 10, 1_000);
        for (int i = 0; i < (zeroAt < 8 ? 4 : 2); i++) {
            init[4 + zeroAt + i] = 0;
        }
        byte[] packet = Forged.packet(0, init);
        assertEquals(
                SctpDrop.MALFORMED,
                peers.left.association.onPacket(packet, 0, packet.length, peers.path.nowNanos, peers.left));
        assertEquals(1, peers.path.sent, "its own INIT and no answer");
    }

    @Test
    void takesTheSmallerNumberOfStreams() {
        Peers peers = new Peers(
                11, LossyPath.Weather.FAIR, SctpSettings.DEFAULT, Peers.settings(10_000, 100_000, 100_000, 12));
        peers.connect();
        assertEquals(12, peers.left.association.streams());
        assertEquals(12, peers.right.association.streams());
        assertEquals(SendResult.NO_SUCH_STREAM, peers.left.association.send(12, 51, new byte[1], Delivery.RELIABLE));
    }

    @Test
    void tagsAreNotGuessable() {
        Peers one = new Peers(12, LossyPath.Weather.FAIR);
        Peers other = new Peers(13, LossyPath.Weather.FAIR);
        assertNotEquals(Forged.connect(one).leftTag, Forged.connect(other).leftTag);
    }
}
