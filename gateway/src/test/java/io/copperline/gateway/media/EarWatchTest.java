package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.RtcpSession;
import io.copperline.codecs.rtp.RtpHeader;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EarWatchTest {
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final byte[] report = new byte[500];
    private final byte[] packet = new byte[RtpHeader.FIXED_BYTES];
    private final EarWatch watch = new EarWatch();
    private long nowNanos = TimeUnit.SECONDS.toNanos(50);
    private final RtcpSession ours = new RtcpSession(1, "ours", new Random(1), nowNanos, 0);
    private final RtcpSession theirs = new RtcpSession(2, "theirs", new Random(2), nowNanos, 0);
    private int sequence;
    private OptionalLong deafSince = OptionalLong.empty();

    /** So many seconds of our packets; theirs reports in its own time, as long as it does. */
    private void pass(int seconds, boolean weSend, boolean itHears, boolean itReports) {
        for (int i = 0; i < seconds * 50; i++) {
            nowNanos += FRAME_NANOS;
            if (weSend) {
                RtpHeader.write(packet, 0, 0, false, sequence++, sequence * 160L, 1);
                ours.onSent(160, sequence * 160L, nowNanos);
                if (itHears) {
                    theirs.onRtp(packet, 0, packet.length, nowNanos);
                }
            }
            if (theirs.due(nowNanos)) {
                int len = theirs.report(report, 0, nowNanos);
                if (itReports) {
                    ours.onRtcp(report, 0, len, nowNanos);
                }
            }
            if (i % 25 == 0) {
                deafSince = watch.deafSince(ours.remote(), ours.packetsSent(), nowNanos);
            }
        }
    }

    @Test
    void whoHearsIsNotDeaf() {
        pass(60, true, true, true);
        assertTrue(deafSince.isEmpty());
    }

    @Test
    void whoReportsAndNeverSawAPacketIsDeafSinceTheBeginning() {
        long begin = nowNanos + FRAME_NANOS;
        pass(25, true, false, true);
        assertEquals(begin, deafSince.orElseThrow());
    }

    @Test
    void whoStopsHearingIsDeafUntilItHearsAgain() {
        pass(20, true, true, true);
        long stopped = nowNanos;
        pass(30, true, false, true);
        assertTrue(Math.abs(deafSince.orElseThrow() - stopped) < TimeUnit.SECONDS.toNanos(4));
        pass(6, true, true, true);
        assertTrue(deafSince.isEmpty());
    }

    /** As Chromium does: reports on its own stream in between, which say nothing of ours. */
    @Test
    void whoReportsOnUsSeldomAndOnItselfOftenIsNotDeaf() {
        RtcpSession aside = new RtcpSession(3, "theirs", new Random(3), nowNanos, 0);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 3; j++) {
                pass(2, true, true, false);
                ours.onRtcp(report, 0, aside.report(report, 0, nowNanos), nowNanos);
            }
            assertTrue(deafSince.isEmpty());
            pass(1, true, true, false);
            assertTrue(deafSince.isEmpty());
            ours.onRtcp(report, 0, theirs.report(report, 0, nowNanos), nowNanos);
        }
        assertTrue(ours.remote().datagrams() >= 80);
    }

    /** Feedback (RFC 4585) and the like hold no report that could have named our stream. */
    @Test
    void whoOnlySendsFeedbackMayHearAsWellAsAnyone() {
        byte[] nack = {(byte) 0x81, (byte) 205, 0, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 5, 0, 0};
        for (int i = 0; i < 60; i++) {
            pass(1, true, true, false);
            ours.onRtcp(nack, 0, nack.length, nowNanos);
        }
        assertTrue(deafSince.isEmpty());
        assertEquals(60, ours.remote().datagrams());
    }

    @Test
    void whoNeverReportsMayHearAsWellAsAnyone() {
        pass(60, true, true, false);
        assertTrue(deafSince.isEmpty());
    }

    @Test
    void whoIsSentNothingIsNotDeaf() {
        pass(20, true, true, true);
        pass(120, false, true, true);
        assertTrue(deafSince.isEmpty());
    }
}
