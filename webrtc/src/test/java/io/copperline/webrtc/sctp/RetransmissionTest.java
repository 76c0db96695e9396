package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** RFC 9260 sections 6.3 and 7.2. */
class RetransmissionTest {
    private static final int PACKET = 1_188;

    private static List<Integer> tsns(List<byte[]> packets) {
        List<Integer> tsns = new ArrayList<>();
        PacketReader reader = new PacketReader();
        for (byte[] packet : packets) {
            reader.begin(packet, 0, packet.length);
            while (reader.next()) {
                if (reader.type() == ChunkType.DATA) {
                    tsns.add(Wire.i32(packet, reader.bodyOff()));
                }
            }
        }
        return tsns;
    }

    /** A left peer that sent so many full packets. */
    private static Forged sending(Peers peers, int packets) {
        Forged forged = Forged.connect(peers);
        for (int i = 0; i < packets; i++) {
            peers.left.association.send(1, 53, new byte[1_172], Delivery.RELIABLE);
        }
        peers.left.onTime(peers.path.nowNanos);
        return forged;
    }

    @Test
    void beginsWithFourPackets() {
        Peers peers = new Peers(1, LossyPath.Weather.FAIR);
        Forged forged = sending(peers, 20);
        assertEquals(4, tsns(peers.left.packets).size());
        assertEquals(forged.leftTsn, tsns(peers.left.packets).getFirst());
        peers.left.packets.clear();
        forged.toLeft(Forged.sack(forged.leftTsn + 1, 100_000));
        assertEquals(3, tsns(peers.left.packets).size(), "two acknowledged, and one more by slow start");
    }

    @Test
    void retransmitsFastAfterThreeReportsOfAMiss() {
        Peers peers = new Peers(2, LossyPath.Weather.FAIR);
        Forged forged = sending(peers, 4);
        int tsn = forged.leftTsn;
        peers.left.packets.clear();
        forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 2));
        forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 2));
        forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 3));
        assertEquals(List.of(), tsns(peers.left.packets), "the second said nothing new");
        forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 4));
        assertEquals(List.of(tsn), tsns(peers.left.packets));
        assertEquals(1, peers.left.association.statistics().fastRetransmissions());
        assertEquals(4 * PACKET, peers.left.association.statistics().congestionWindowBytes());
    }

    @Test
    void doesNotRetransmitWhatOlderDataSaysIsMissing() {
        Peers peers = new Peers(3, LossyPath.Weather.FAIR);
        Forged forged = sending(peers, 4);
        int tsn = forged.leftTsn;
        forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 2));
        forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 3));
        forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 4));
        peers.left.packets.clear();
        for (int i = 0; i < 5; i++) {
            forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 4));
        }
        assertEquals(List.of(), tsns(peers.left.packets));
    }

    @Test
    void repeatsAtTheTimeoutWithOnePacketAndDoublesIt() {
        Peers peers = new Peers(4, LossyPath.Weather.FAIR);
        Forged forged = sending(peers, 4);
        int tsn = forged.leftTsn;
        peers.left.packets.clear();
        long[] waits = {1_000, 2_000, 4_000, 8_000, 10_000, 10_000};
        for (long wait : waits) {
            peers.path.run(wait - 1);
            assertEquals(List.of(), tsns(peers.left.packets));
            peers.path.run(1);
            assertEquals(List.of(tsn), tsns(peers.left.packets));
            peers.left.packets.clear();
        }
        assertEquals(PACKET, peers.left.association.statistics().congestionWindowBytes());
        assertEquals(waits.length, peers.left.association.statistics().timeouts());
        forged.toLeft(Forged.sack(tsn, 100_000));
        assertEquals(List.of(tsn + 1, tsn + 2), tsns(peers.left.packets), "slow start again");
    }

    @Test
    void endsWhenNothingIsAcknowledgedAnyMore() {
        Peers peers = new Peers(5, LossyPath.Weather.FAIR);
        sending(peers, 1);
        peers.path.run(300_000);
        assertEquals(List.of("connected", "closed PEER_UNREACHABLE 0"), peers.left.events);
        assertEquals(11, tsns(peers.left.packets).size());
    }

    @Test
    void seesThatTheRetransmissionWasLostToo() {
        Peers peers = Peers.connected(6, LossyPath.Weather.FAIR);
        int[] seen = {0, 0};
        peers.path.passes = packet -> {
            if ((packet[12] & 0xff) != ChunkType.DATA) {
                return true;
            }
            int tsn = Wire.i32(packet, 16);
            if (seen[0]++ == 30) {
                seen[1] = tsn;
            }
            return seen[0] < 31 || tsn != seen[1] || seen[0] > 80;
        };
        for (int i = 0; i < 400; i++) {
            peers.left.association.send(1, 53, new byte[1_172], Delivery.RELIABLE);
        }
        assertTrue(peers.path.runUntil(() -> peers.right.messages.size() == 400, 10_000));
        assertEquals(0, peers.left.association.statistics().timeouts());
        assertTrue(peers.left.association.statistics().fastRetransmissions() >= 2);
    }

    @Test
    void takesBackWhatThePeerTookBack() {
        Peers peers = new Peers(7, LossyPath.Weather.FAIR);
        Forged forged = sending(peers, 4);
        int tsn = forged.leftTsn;
        forged.toLeft(Forged.sack(tsn - 1, 100_000, 2, 4));
        forged.toLeft(Forged.sack(tsn, 100_000)); // It dropped what it had beyond the gap.
        peers.left.packets.clear();
        peers.path.run(5_000);
        assertTrue(tsns(peers.left.packets).contains(tsn + 1));
    }

    @Test
    void aLateSackMovesNothingBack() {
        Peers peers = new Peers(8, LossyPath.Weather.FAIR);
        Forged forged = sending(peers, 4);
        forged.toLeft(Forged.sack(forged.leftTsn + 1, 100_000));
        assertEquals(SctpDrop.STALE, forged.toLeft(Forged.sack(forged.leftTsn, 100_000)));
        assertEquals(2, peers.left.association.statistics().unacknowledgedChunks());
    }

    @Test
    void timeoutFollowsTheRoundTrip() {
        RetransmissionTimeout timeout = new RetransmissionTimeout(SctpSettings.DEFAULT);
        assertEquals(1_000, TimeUnit.NANOSECONDS.toMillis(timeout.nanos()));
        timeout.onRoundTrip(TimeUnit.MILLISECONDS.toNanos(300));
        assertEquals(900, TimeUnit.NANOSECONDS.toMillis(timeout.nanos()), "SRTT + 4 * RTTVAR");
        timeout.onRoundTrip(TimeUnit.MILLISECONDS.toNanos(300));
        assertEquals(750, TimeUnit.NANOSECONDS.toMillis(timeout.nanos()));
        timeout.backOff();
        assertEquals(1_500, TimeUnit.NANOSECONDS.toMillis(timeout.nanos()));
        for (int i = 0; i < 100; i++) {
            timeout.onRoundTrip(TimeUnit.MILLISECONDS.toNanos(20));
        }
        assertEquals(400, TimeUnit.NANOSECONDS.toMillis(timeout.nanos()), "RTO.Min");
        for (int i = 0; i < 20; i++) {
            timeout.backOff();
        }
        assertEquals(10_000, TimeUnit.NANOSECONDS.toMillis(timeout.nanos()), "RTO.Max");
    }

    @Test
    void windowGrowsAndShrinks() {
        CongestionWindow window = new CongestionWindow(1_000);
        assertEquals(4_000, window.bytes());
        window.onAcknowledged(1, 2_000, 3_000);
        assertEquals(4_000, window.bytes(), "it was not used up");
        window.onAcknowledged(2, 2_000, 4_000);
        assertEquals(5_000, window.bytes());
        for (int i = 0; i < 15; i++) {
            window.onAcknowledged(3 + i, 1_000, window.bytes());
        }
        assertEquals(20_000, window.bytes());
        window.onLoss(100);
        assertEquals(10_000, window.bytes());
        window.onAcknowledged(50, 5_000, 10_000);
        assertEquals(10_000, window.bytes());
        assertTrue(window.recovering());
        window.onAcknowledged(100, 5_000, 10_000);
        assertFalse(window.recovering());
        window.onAcknowledged(110, 1_000, 10_000);
        assertEquals(11_000, window.bytes(), "at the threshold it is slow start still");
        for (int i = 0; i < 11; i++) {
            window.onAcknowledged(120 + i, 1_000, 11_000);
        }
        assertEquals(12_000, window.bytes(), "congestion avoidance: one packet a round trip");
        window.onTimeout();
        assertEquals(1_000, window.bytes());
    }

    @Test
    void windowFadesWhileNothingIsSent() {
        CongestionWindow window = new CongestionWindow(1_000);
        for (int i = 0; i < 96; i++) {
            window.onAcknowledged(i, 1_000, window.bytes());
        }
        assertEquals(100_000, window.bytes());
        window.onRest();
        assertEquals(50_000, window.bytes());
        for (int i = 0; i < 10; i++) {
            window.onRest();
        }
        assertEquals(4_000, window.bytes());
    }
}
