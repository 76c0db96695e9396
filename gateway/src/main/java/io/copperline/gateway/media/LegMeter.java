package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.quality.CodecImpairment;
import io.copperline.codecs.quality.EModel;
import io.copperline.codecs.quality.Mos;
import io.copperline.codecs.rtp.JitterCounts;
import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.rtp.VoipMetrics;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Rates one leg, window by window.
 *
 * <pre>
 *  towards us    loss and bursts of the waiting room, its depth, half the round trip, one packet, the codec
 *  from us       its own rating where it reports one (RFC 3611); else what its last report says of loss and jitter, likewise
 *  MOS of the leg = the worse of the two
 * </pre>
 */
final class LegMeter {
    private static final int PACKET_MILLIS = 20;
    /** SILK's look-ahead and resampling (RFC 7587 section 4.2 counts 6.5 ms for the codec as a whole). */
    private static final int OPUS_LOOKAHEAD_MILLIS = 7;
    /** What a receiver's waiting room holds, as far as its report tells. */
    private static final int REMOTE_DEPTH_PER_JITTER = 2;

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final double FRACTION_UNITS = 256;

    private long played;
    private long lost;
    private long bursts;
    private long recovered;
    private int measurements;
    private double sum;
    private double worst = Mos.BEST;
    private Optional<VoipMetrics> heard = Optional.empty();

    /**
     * Rates what has passed since the last call.
     *
     * @param room where the leg's sound waits
     * @param due whether the leg must be sending now: then a window without a packet is all loss
     */
    Optional<LegRating> measure(
            WaitingRoom room,
            AudioCodec codec,
            MediaReport.Leg figures,
            RemoteReports reports,
            boolean due,
            long nowNanos) {
        JitterCounts counts = room.jitter().counts();
        long newLost = counts.lost() - lost;
        long newFrames = counts.played() - played + newLost;
        long newBursts = counts.bursts() - bursts;
        long newRecovered = Math.min(newLost, room.recovered() - recovered);
        lost = counts.lost();
        played = counts.played();
        bursts = counts.bursts();
        recovered = room.recovered();
        boolean reported = reports.aboutUs() && nowNanos - reports.aboutUsNanos() < FRESH_NANOS;
        boolean silent = newFrames == 0;
        heard = Optional.empty();
        if (silent && !due) {
            return Optional.empty();
        }
        double share = silent ? 1 : newLost / (double) newFrames;
        double heardLoss = silent ? 100 : 100.0 * (newLost - newRecovered) / newFrames;
        int path = PACKET_MILLIS
                + Math.max(0, figures.roundTripMillis()) / 2
                + (codec == AudioCodec.OPUS ? OPUS_LOOKAHEAD_MILLIS : 0);
        int delay = path + room.jitter().depthMillis();
        CodecImpairment impairment = CodecImpairment.of(codec);
        // The model's formula for loss still leaves something of the sound when nothing is left of it.
        double rating = silent ? 0 : EModel.rating(delay, heardLoss, burstRatio(newLost, newBursts, share), impairment);
        heard = Optional.of(VoipMetrics.of(
                room.jitter(),
                codec.clockRateHz(),
                figures.roundTripMillis(),
                path - Math.max(0, figures.roundTripMillis()) / 2,
                rating,
                Mos.of(rating)));
        Optional<VoipMetrics> theirs =
                reports.voipMetrics().filter(own -> own.rated() && nowNanos - reports.voipMetricsNanos() < FRESH_NANOS);
        double sentLoss = reported ? 100 * reports.fractionLost() / FRACTION_UNITS : -1;
        if (theirs.isPresent()) {
            rating = Math.min(rating, theirs.get().rFactor()); // It knows what came too late for it.
        } else if (reported) {
            double jitterMillis = reports.jitter() * 1e3 / codec.clockRateHz();
            double sentDelay = path + REMOTE_DEPTH_PER_JITTER * jitterMillis;
            rating = Math.min(rating, EModel.rating(sentDelay, sentLoss, 1, impairment));
        }
        double mos = Math.round(Mos.of(rating) * 100) / 100.0;
        keep(mos);
        return Optional.of(new LegRating(
                mos,
                tenths(heardLoss),
                reported ? tenths(sentLoss) : -1,
                figures.jitterMillis(),
                figures.roundTripMillis(),
                delay));
    }

    /** G.107 section 7.5: the mean length of the gaps, against what it would be if losses were independent. */
    private static double burstRatio(long newLost, long newBursts, double share) {
        return newBursts == 0 ? 1 : newLost / (double) newBursts * (1 - share);
    }

    /** How the leg was heard in the window that was measured last, to be told to it; empty where nothing was measured. */
    Optional<VoipMetrics> heard() {
        return heard;
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private void keep(double mos) {
        measurements++;
        sum += mos;
        worst = Math.min(worst, mos);
    }

    OpinionScores scores() {
        return measurements == 0
                ? OpinionScores.NONE
                : new OpinionScores(Math.round(sum / measurements * 100) / 100.0, worst);
    }

    /** The waiting room is another one, whose counts begin at 0. */
    void newRoom() {
        played = 0;
        lost = 0;
        bursts = 0;
        recovered = 0;
    }
}
