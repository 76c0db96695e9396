package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 sections 6.2 and 6.3 (when reports go out), 6.4 (what they hold), 6.3.7 (goodbye). */
class Rfc3550ReportsTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final byte[] packet = new byte[RtcpWriter.MAX_BYTES];
    private final byte[] rtp = new byte[172];
    private long now = 7 * SECOND;

    private RtcpSession session(int seed) {
        return new RtcpSession(1, "name", new Random(seed), now, 1_800_000_000L * SECOND);
    }

    private void receive(RtcpSession session, int sequence) {
        RtpHeader.write(rtp, 0, 0, false, sequence, sequence * 160L, 2);
        session.onRtp(rtp, 0, rtp.length, now);
    }

    private int type(RtcpSession session) {
        session.report(packet, 0, now);
        return packet[1] & 0xFF;
    }

    private int blocks() {
        return packet[0] & 0x1F;
    }

    @Test
    void withLittleBandwidthReportsComeFiveSecondsApart() {
        List<Long> gaps = gaps(new RtcpSchedule(64_000, new Random(1), now), 3_600 * SECOND);
        // 5 s by the random factor's mean of 1, divided by e - 1.5.
        assertEquals(5 / (Math.E - 1.5), mean(gaps) / SECOND, 0.1);
        assertTrue(gaps.getFirst() <= 3_100 * MILLI, "the first after half of it");
    }

    @Test
    void aCallsReportsComeByTheReducedMinimumAndNeverLaterThanFiveSeconds() {
        for (int seed = 0; seed < 100; seed++) {
            List<Long> gaps = gaps(new RtcpSchedule(160_000, new Random(seed), now), 600 * SECOND);
            assertTrue(gaps.getFirst() <= 1_400 * MILLI, "the first");
            assertEquals(2.25 / (Math.E - 1.5), mean(gaps) / SECOND, 0.15);
            gaps.subList(1, gaps.size()).forEach(gap -> assertTrue(gap >= 920 * MILLI && gap <= 2_780 * MILLI));
        }
    }

    @Test
    void nextReportsAreSpreadAsTheRandomFactorIs() {
        List<Long> gaps = gaps(new RtcpSchedule(160_000, new Random(3), now), 3_600 * SECOND);
        double middle = 2.25 / (Math.E - 1.5) * SECOND;
        long early = gaps.stream().filter(gap -> gap < middle * 0.75).count();
        assertEquals(0.25, early / (double) gaps.size(), 0.04);
    }

    @Test
    void whoNeverSendsReportsAsReceiver() {
        RtcpSession session = session(1);
        receive(session, 1);
        assertEquals(Rtcp.RECEIVER_REPORT, type(session));
        assertEquals(1, blocks());
    }

    @Test
    void whoStopsSendingIsASenderForOneMoreReport() {
        RtcpSession session = session(1);
        session.onSent(160, 0, now);
        assertEquals(Rtcp.SENDER_REPORT, type(session));
        assertEquals(Rtcp.SENDER_REPORT, type(session));
        assertEquals(Rtcp.RECEIVER_REPORT, type(session));
        session.onSent(160, 160, now);
        assertEquals(Rtcp.SENDER_REPORT, type(session));
    }

    @Test
    void aSourceThatHasGoneQuietHasNoBlock() {
        RtcpSession session = session(1);
        receive(session, 1);
        type(session);
        assertEquals(1, blocks());
        type(session);
        assertEquals(0, blocks());
        receive(session, 2);
        type(session);
        assertEquals(1, blocks());
    }

    @Test
    void nobodySaysGoodbyeWhoWasNeverThere() {
        RtcpSession session = session(1);
        assertFalse(session.anythingSent());
        session.report(packet, 0, now);
        assertTrue(session.anythingSent());
    }

    @Test
    void roundTripAndLossComeFromTheOtherEndsReports() {
        RtcpSession ours = session(1);
        RtcpSession theirs = new RtcpSession(2, "other", new Random(2), now, 1_700_000_000L * SECOND);
        for (int i = 0; i < 100; i++) {
            ours.onSent(160, i * 160L, now);
            if (i % 4 != 3) {
                RtpHeader.write(rtp, 0, 0, false, i, i * 160L, 1);
                theirs.onRtp(rtp, 0, rtp.length, now);
            }
        }
        int length = ours.report(packet, 0, now);
        now += 40 * MILLI;
        theirs.onRtcp(packet, 0, length, now);
        assertEquals(1, theirs.remote().senderReports());
        assertEquals(100, theirs.remote().packetsSent());
        assertEquals(16_000, theirs.remote().octetsSent());
        now += 700 * MILLI;
        length = theirs.report(packet, 0, now);
        now += 30 * MILLI;
        assertFalse(ours.remote().aboutUs());
        ours.onRtcp(packet, 0, length, now);
        assertTrue(ours.remote().aboutUs());
        assertEquals(now, ours.remote().aboutUsNanos());
        assertEquals(70, ours.roundTripMillis(), 1);
        assertEquals(1, ours.remote().roundTripMeasurements());
        assertEquals(24, ours.remote().packetsLost());
        assertEquals(24, ours.remoteLossPercent());
        assertEquals(98, ours.remote().highestExtended());
    }

    private List<Long> gaps(RtcpSchedule schedule, long lengthNanos) {
        List<Long> gaps = new ArrayList<>();
        long last = now;
        for (long at = now; at < now + lengthNanos; at += 5 * MILLI) {
            if (schedule.due(at)) {
                schedule.sent(100, at);
                gaps.add(at - last);
                last = at;
            }
        }
        return gaps;
    }

    private static double mean(List<Long> gaps) {
        return gaps.stream().skip(1).mapToLong(Long::longValue).average().orElseThrow();
    }
}
