package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.OpusEncoder;
import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.rtp.RtcpSession;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.rtp.VoipMetrics;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class LegMeterTest {
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final MediaReport.Leg NEAR = new MediaReport.Leg(0, 0, 0, 1, 20);
    private static final MediaReport.Leg FAR = new MediaReport.Leg(0, 0, 0, 1, 600);
    private static final int FRAMES = 250;

    private final Workshop workshop = new Workshop(SimulatedCall.opus());
    private final WaitingRoom g711 = workshop.waitingRoom(AudioCodec.PCMU, 8_000);
    private final LegMeter meter = new LegMeter();
    private final RemoteReports silent = new RtcpSession(1, "c", new Random(1), 0, 0).remote();
    private final short[] pcm = new short[160];
    private int sequence;
    private long nowNanos = 1_000_000_000L;

    private void hear(WaitingRoom room, byte[] payload, int len, int type, int units, IntPredicate lost, int frames) {
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + len];
        for (int i = 0; i < frames; i++, sequence++) {
            RtpHeader.write(packet, 0, type, false, sequence, (long) sequence * units, 9);
            System.arraycopy(payload, 0, packet, RtpHeader.FIXED_BYTES, len);
            if (!lost.test(i)) {
                room.put(packet, 0, packet.length, nowNanos);
            }
            nowNanos += FRAME_NANOS / 2;
            room.read(pcm, 0, 160, nowNanos);
            nowNanos += FRAME_NANOS / 2;
        }
    }

    private LegRating g711(IntPredicate lost, MediaReport.Leg figures) {
        hear(g711, new byte[160], 160, 0, 160, lost, FRAMES);
        return meter.measure(g711, AudioCodec.PCMU, figures, silent, true, nowNanos)
                .orElseThrow();
    }

    @Test
    void aCleanLegIsAsGoodAsATelephoneCanBe() {
        LegRating rating = g711(_ -> false, NEAR);
        assertTrue(rating.mos() > 4.3, rating::toString);
        assertEquals(0, rating.lossPercent());
        assertEquals(-1, rating.sentLossPercent());
        assertEquals(20, rating.roundTripMillis());
        assertTrue(rating.delayMillis() >= 30 && rating.delayMillis() < 90, rating::toString);
    }

    @Test
    void lossIsHeardAndBurstsMoreSo() {
        g711(_ -> false, NEAR);
        LegRating single = g711(i -> i % 10 == 5, NEAR);
        assertEquals(10, single.lossPercent(), 0.5);
        assertEquals(3.3, single.mos(), 0.2);
        LegRating burst = g711(i -> i % 50 >= 20 && i % 50 < 25, NEAR);
        assertEquals(10, burst.lossPercent(), 0.5);
        assertTrue(burst.mos() < single.mos() - 0.1, () -> burst + " after " + single);
    }

    @Test
    void aLongWayCostsWithoutAnyLoss() {
        LegRating rating = g711(_ -> false, FAR);
        assertTrue(rating.delayMillis() > 320, rating::toString);
        assertTrue(rating.mos() < 3.7, rating::toString);
    }

    @Test
    void nothingAtAllIsTheWorstUnlessNothingIsDue() {
        g711(_ -> false, NEAR);
        LegRating dead = g711(_ -> true, NEAR);
        assertEquals(1, dead.mos());
        assertEquals(100, dead.lossPercent());
        hear(g711, new byte[160], 160, 0, 160, _ -> true, FRAMES);
        assertEquals(Optional.empty(), meter.measure(g711, AudioCodec.PCMU, NEAR, silent, false, nowNanos));
    }

    @Test
    void theOtherDirectionCountsByItsReports() {
        RtcpSession ours = new RtcpSession(1, "ours", new Random(1), nowNanos, 0);
        RtcpSession theirs = new RtcpSession(2, "theirs", new Random(2), nowNanos, 0);
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + 160];
        for (int i = 0; i < 200; i++) {
            ours.onSent(160, i * 160L, nowNanos);
            RtpHeader.write(packet, 0, 0, false, i, i * 160L, 1);
            if (i % 4 != 1) {
                theirs.onRtp(packet, 0, packet.length, nowNanos);
            }
        }
        byte[] report = new byte[500];
        ours.onRtcp(report, 0, theirs.report(report, 0, nowNanos), nowNanos);
        hear(g711, new byte[160], 160, 0, 160, _ -> false, FRAMES);
        LegRating rating = meter.measure(g711, AudioCodec.PCMU, NEAR, ours.remote(), true, nowNanos)
                .orElseThrow();
        assertEquals(25, rating.sentLossPercent(), 0.5);
        assertEquals(0, rating.lossPercent());
        assertTrue(rating.mos() < 2.6, rating::toString);
    }

    /** RFC 3611: its own rating knows what came too late for it, which no loss tells. */
    @Test
    void theOtherDirectionCountsByTheLegsOwnRatingWhereItHasOne() {
        hear(g711, new byte[160], 160, 0, 160, _ -> false, FRAMES);
        assertEquals(2.6, rated(50), 0.1);
        hear(g711, new byte[160], 160, 0, 160, _ -> false, FRAMES);
        assertTrue(rated(0) > 4.3, "some send 0 for want of anything better");
        hear(g711, new byte[160], 160, 0, 160, _ -> false, FRAMES);
        assertTrue(rated(VoipMetrics.UNKNOWN) > 4.3);
    }

    private double rated(int rFactor) {
        RtcpSession ours = new RtcpSession(1, "ours", new Random(1), nowNanos, 0);
        RtcpSession theirs = new RtcpSession(2, "theirs", new Random(2), nowNanos, 0);
        byte[] packet = new byte[RtpHeader.FIXED_BYTES + 160];
        RtpHeader.write(packet, 0, 0, false, 1, 160, 1);
        theirs.onRtp(packet, 0, packet.length, nowNanos);
        theirs.heard(new VoipMetrics(0, 0, 0, 0, 0, 0, 0, 0, rFactor, 26, 0, 0));
        byte[] report = new byte[500];
        ours.onRtcp(report, 0, theirs.report(report, 0, nowNanos), nowNanos);
        return meter.measure(g711, AudioCodec.PCMU, NEAR, ours.remote(), true, nowNanos)
                .orElseThrow()
                .mos();
    }

    @Test
    void tellsTheLegHowItIsHeard() {
        LegRating rating = g711(i -> i % 50 >= 20 && i % 50 < 25, NEAR);
        VoipMetrics told = meter.heard().orElseThrow();
        assertEquals(25, told.lossRate(), 1);
        assertEquals(0, told.discardRate());
        assertEquals(100, told.burstMillis(), 20);
        assertEquals(820, told.gapMillis(), 40, "four of 45 frames, and what was before the first burst");
        assertEquals(20, told.roundTripMillis());
        assertEquals(rating.mos(), told.mosTenths() / 10.0, 0.06);
    }

    @Test
    void whatOpusFoundInTheNextPacketWasNotLost() {
        WaitingRoom room = workshop.waitingRoom(AudioCodec.OPUS, 8_000);
        try (OpusEncoder encoder = SimulatedCall.opus().encoder(8_000)) {
            encoder.fec(true);
            encoder.expectedLoss(20);
            byte[] payload = new byte[400];
            int lost = 0;
            for (int i = 0; i < FRAMES; i++) {
                Tone.fill(pcm, 0, 160, 400 + i % 7 * 100, 160L * i);
                int len = encoder.encode(pcm, 0, 160, payload, 0, 400);
                boolean drop = i % 10 == 5;
                lost += drop ? 1 : 0;
                hear(room, payload, len, 111, 960, _ -> drop, 1);
            }
            LegRating rating = meter.measure(room, AudioCodec.OPUS, NEAR, silent, true, nowNanos)
                    .orElseThrow();
            assertTrue(room.recovered() > lost / 2, "recovered " + room.recovered() + " of " + lost);
            assertTrue(rating.lossPercent() < 5, rating::toString);
        }
        room.close();
    }

    @Test
    void scoresAreTheMeanAndTheWorst() {
        assertEquals(OpinionScores.NONE, meter.scores());
        double good = g711(_ -> false, NEAR).mos();
        double bad = g711(i -> i % 5 == 0, NEAR).mos();
        assertEquals((good + bad) / 2, meter.scores().mean(), 0.01);
        assertEquals(bad, meter.scores().worst());
    }
}
