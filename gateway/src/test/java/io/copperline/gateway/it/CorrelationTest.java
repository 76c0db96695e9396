package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.G711;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The measure itself: it knows speech again, and does not take one sentence for another. */
class CorrelationTest {
    private static final int FIVE_SECONDS = 40_000;

    private static short[] cut(short[] speech, int from, int length) {
        short[] pcm = new short[length];
        for (int i = 0; i < length; i++) {
            pcm[i] = speech[(from + i) % speech.length];
        }
        return pcm;
    }

    @Test
    void knowsSpeechAgainWhereverItBegins() {
        short[] speech = Speech.MICROPHONE.pcm();
        assertEquals(1.0, Correlation.of(speech, cut(speech, 33_333, FIVE_SECONDS)), 1e-6);
    }

    @Test
    void knowsSpeechAgainQuieterCodedAndNoisy() {
        short[] speech = Speech.REPLY.pcm();
        short[] heard = cut(speech, 1_000, FIVE_SECONDS);
        byte[] coded = new byte[heard.length];
        Random random = new Random(1);
        for (int i = 0; i < heard.length; i++) {
            heard[i] = (short) (heard[i] / 3 + random.nextGaussian() * 150);
        }
        G711.encodeMu(heard, 0, heard.length, coded, 0);
        G711.decodeMu(coded, 0, heard.length, heard, 0);
        assertTrue(Correlation.of(speech, heard) > 0.9);
    }

    @Test
    void forgivesWhatJitterBuffersStretch() {
        short[] speech = Speech.MICROPHONE.pcm();
        short[] heard = new short[FIVE_SECONDS];
        System.arraycopy(speech, 0, heard, 0, 16_000);
        System.arraycopy(speech, 16_160, heard, 16_000, 24_000);
        assertTrue(Correlation.of(speech, heard) > 0.9);
    }

    @Test
    void doesNotTakeOneSentenceForAnother() {
        short[] heard = cut(Speech.REPLY.pcm(), 0, FIVE_SECONDS);
        double score = Correlation.of(Speech.MICROPHONE.pcm(), heard);
        assertTrue(score < Correlation.OTHER, "score " + score);
    }

    @Test
    void doesNotTakeNoiseOrSilenceForSpeech() {
        short[] noise = new short[FIVE_SECONDS];
        assertEquals(0, Correlation.of(Speech.MICROPHONE.pcm(), noise));
        Random random = new Random(3);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (random.nextGaussian() * 1000);
        }
        assertTrue(Correlation.of(Speech.MICROPHONE.pcm(), noise) < 0.2);
    }
}
