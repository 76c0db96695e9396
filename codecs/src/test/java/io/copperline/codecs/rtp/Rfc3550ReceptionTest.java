package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 A.1 (sequence), A.3 (loss), A.8 (jitter). */
class Rfc3550ReceptionTest {
    private final ReceptionStatistics statistics = new ReceptionStatistics();

    private void packet(int seq) {
        statistics.onPacket(seq & 0xFFFF, seq * 160L, seq * 160L);
    }

    @Test
    void extenderCountsRollOversAndKeepsReorderedInPlace() {
        var extender = new SequenceExtender();
        assertEquals(65_534, extender.extend(65_534));
        assertEquals(65_536, extender.extend(0));
        assertEquals(65_535, extender.extend(65_535));
        assertEquals(65_537, extender.extend(1));
        for (int i = 2; i < 200_000; i++) {
            assertEquals(65_536 + i, extender.extend(i & 0xFFFF));
        }
        extender.reset();
        assertEquals(7, extender.extend(7));
    }

    @Test
    void extenderGoesBelowZeroForPacketsBeforeTheFirst() {
        var extender = new SequenceExtender();
        assertEquals(0, extender.extend(0));
        assertEquals(-1, extender.extend(65_535));
        assertEquals(1, extender.extend(1));
    }

    @Test
    void lossIsExpectedMinusReceived() {
        for (int seq = 65_500; seq < 65_600; seq++) {
            if (seq % 4 != 0) {
                packet(seq);
            }
        }
        assertEquals(65_599, statistics.highestExtended());
        assertEquals(75, statistics.received());
        // The first one received is 65501: what was lost before it is not known.
        assertEquals(99, statistics.expected());
        assertEquals(24, statistics.lost());
    }

    @Test
    void fractionIsOfTheIntervalAlone() {
        for (int seq = 0; seq < 100; seq++) {
            packet(seq);
        }
        assertEquals(0, statistics.fractionLostAndReset());
        for (int seq = 100; seq < 200; seq++) {
            if (seq % 4 != 0) {
                packet(seq);
            }
        }
        assertEquals(64, statistics.fractionLostAndReset());
        assertEquals(0, statistics.fractionLostAndReset());
        assertEquals(25, statistics.lost());
    }

    @Test
    void duplicatesMakeTheLossNegativeAndTheFractionZero() {
        packet(1);
        packet(2);
        packet(2);
        packet(2);
        assertEquals(-2, statistics.lost());
        assertEquals(0, statistics.fractionLostAndReset());
    }

    @Test
    void farJumpNeedsASecondPacketToBeBelieved() {
        packet(100);
        packet(101);
        packet(40_000);
        assertEquals(2, statistics.received());
        packet(102);
        assertEquals(102, statistics.highestExtended());
        packet(50_000);
        packet(50_001);
        assertEquals(50_001, statistics.highestExtended());
        assertEquals(0, statistics.lost());
    }

    @Test
    void jitterFollowsTheReferenceArithmetic() {
        var random = new Random(3);
        int transit = 0;
        int jitter = 0;
        for (int i = 0; i < 1000; i++) {
            long ts = 0xFFFF_F000L + i * 160L;
            long arrival = ts + 1000 + random.nextInt(400);
            statistics.onPacket(i, ts & 0xFFFF_FFFFL, arrival);
            int t = (int) (arrival - ts);
            if (i > 0) {
                int d = Math.abs(t - transit);
                jitter += d - ((jitter + 8) >> 4);
            }
            transit = t;
            assertEquals(jitter >> 4, statistics.jitter());
        }
    }

    @Test
    void telephoneEventsAreNoJitter() {
        statistics.onPacket(1, 1000, 1000);
        for (int i = 2; i < 20; i++) {
            statistics.onPacket(i, 1160, 1000 + i * 160);
        }
        assertEquals(10, statistics.jitter());
    }

    @Test
    void senderReportIsQuotedWithItsAge() {
        assertEquals(0, statistics.lastSenderReport());
        assertEquals(0, statistics.delaySinceLastSenderReport(99));
        statistics.onSenderReport(0x1234_5678_9ABC_DEF0L, 1_000_000_000L);
        assertEquals(0x5678_9ABCL, statistics.lastSenderReport());
        assertEquals(0x0001_8000L, statistics.delaySinceLastSenderReport(2_500_000_000L));
    }

    @Test
    void roundTripOfTheRfcsExample() {
        // RFC 3550 section 6.4.1, figure 2: A=0xb710:8000, DLSR=0x0005:4000, LSR=0xb705:2000 give 6.125 s.
        long now = 0xb44d_b710_8000_0000L;
        assertEquals(6_125_000_000L, NtpTime.roundTripNanos(now, 0xb705_2000L, 0x0005_4000L));
        assertEquals(-1, NtpTime.roundTripNanos(now, 0, 0));
        assertEquals(-1, NtpTime.roundTripNanos(now, 0xb710_8001L, 0));
    }

    @Test
    void ntpTimeOfTheEpoch() {
        assertEquals(2_208_988_800L << 32, NtpTime.of(java.time.Instant.EPOCH));
        assertEquals((2_208_988_801L << 32) + 0x8000_0000L, NtpTime.of(1, 500_000_000));
    }
}
