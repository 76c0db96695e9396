package io.copperline.codecs.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that ITU-T G.107, G.113 and G.114 print, and what users of the model have published from them. */
class G107Test {
    private static final CodecImpairment NONE = new CodecImpairment(0, 4.3);

    @Test
    void theDefaultsGiveNinetyThreePointTwo() {
        double rating = EModel.rating(0, 0, 1, NONE);
        assertEquals(93.2, rating, 0.05);
        assertEquals(4.41, Mos.of(rating), 0.005);
    }

    /** G.107 table B.1: the lower limits of the user satisfaction classes. */
    @ParameterizedTest
    @CsvSource({"90, 4.34", "80, 4.03", "70, 3.60", "60, 3.10", "50, 2.58", "0, 1", "-20, 1", "100, 4.5", "120, 4.5"})
    void ratingsBecomeTheOpinionScoresOfAnnexB(double rating, double mos) {
        assertEquals(mos, Mos.of(rating), 0.0065);
    }

    /** The curve of G.114 figure 1, which Cole and Rosenbluth (2001) gave as Id = 0.024 d + 0.11 (d - 177.3) H(d - 177.3). */
    @ParameterizedTest
    @CsvSource({"50, 1.2", "100, 2.4", "150, 3.6", "200, 7.3", "250, 14.0", "300, 20.7"})
    void delayCostsWhatItsCurveSays(double delayMillis, double impairment) {
        double lost = EModel.rating(0, 0, 1, NONE) - EModel.rating(delayMillis, 0, 1, NONE);
        assertEquals(impairment, lost, 3);
    }

    /** Ie,eff of G.711 with concealment, random loss: 95 Ppl / (Ppl + 25.1). */
    @ParameterizedTest
    @CsvSource({"1, 3.64", "2, 7.01", "5, 15.78", "10, 27.07", "20, 42.13"})
    void lossCostsWhatTheTableOfG113Says(double lossPercent, double impairment) {
        CodecImpairment g711 = CodecImpairment.of(AudioCodec.PCMU);
        assertEquals(impairment, g711.effective(lossPercent, 1), 0.01);
        assertEquals(impairment, EModel.rating(0, 0, 1, g711) - EModel.rating(0, lossPercent, 1, g711), 0.01);
    }

    @Test
    void burstsAreWorseThanTheSameLossAtRandom() {
        CodecImpairment g711 = CodecImpairment.of(AudioCodec.PCMA);
        assertEquals(95 * 5.0 / (5 / 2.0 + 25.1), g711.effective(5, 2), 1e-9);
        assertTrue(EModel.rating(50, 5, 2, g711) < EModel.rating(50, 5, 1, g711));
    }

    @Test
    void opusCostsALittleWithoutLossAndMoreThanG711WithIt() {
        CodecImpairment opus = CodecImpairment.of(AudioCodec.OPUS);
        assertEquals(88.2, EModel.rating(0, 0, 1, opus), 0.05);
        assertEquals(4.28, Mos.of(EModel.rating(0, 0, 1, opus)), 0.02);
        assertTrue(opus.effective(5, 1) > CodecImpairment.of(AudioCodec.PCMU).effective(5, 1));
    }

    @Test
    void nonsenseStaysWithinTheScale() {
        for (double loss : new double[] {-1, 0, 50, 100, 1e9}) {
            for (double delay : new double[] {-5, 0, 1_000, 1e9}) {
                double mos = Mos.of(EModel.rating(delay, loss, 0, CodecImpairment.of(AudioCodec.OPUS)));
                assertTrue(mos >= Mos.WORST && mos <= Mos.BEST, () -> "MOS " + mos);
            }
        }
    }

    @Test
    void moreDelayIsNeverBetter() {
        double before = 100;
        for (int delay = 0; delay < 2_000; delay += 10) {
            double rating = EModel.rating(delay, 0, 1, NONE);
            assertTrue(rating <= before, "at " + delay + " ms");
            before = rating;
        }
    }
}
