package io.copperline.gateway.it;

import java.util.Arrays;

/**
 * Tells whether a recording holds the speech that was played. Two seconds of it at a time are laid over the speech, which
 * repeats for ever, where they agree best; then each loud third of a second of it is compared with the speech at that place, give or take what
 * jitter buffers stretch. The score is the median of the normalised cross-correlations: 1 is the same wave, and other speech
 * stays far below {@link #SAME}, since a whole syllable would have to be alike.
 */
final class Correlation {
    /** A score above this is the same speech. */
    static final double SAME = 0.6;
    /** A score below this is other speech. */
    static final double OTHER = 0.4;

    private static final int RATE_HZ = 8_000;
    private static final int COARSE = 4;
    private static final int WINDOW = RATE_HZ / 3;
    /** On a busy machine what is heard drifts away from what was played: every two seconds it is found anew. */
    private static final int BLOCK = 2 * RATE_HZ;

    private static final int STRETCH = RATE_HZ / 20;
    private static final double LOUD_OF_LOUDEST = 0.1;

    private Correlation() {}

    /** How much of the speech, in whatever place, the recording holds: both at 8 kHz. */
    static double of(short[] speech, short[] recording) {
        double loudest = 0;
        for (int at = 0; at + WINDOW <= recording.length; at += WINDOW / 2) {
            loudest = Math.max(loudest, energy(recording, at));
        }
        short[] thinSpeech = thin(speech);
        double[] scores = new double[2 * recording.length / WINDOW + 1];
        int count = 0;
        for (int block = 0; block + WINDOW <= recording.length; block += BLOCK) {
            int end = Math.min(block + BLOCK, recording.length);
            // What is heard at the block's beginning stands this much later in the speech.
            int lag = COARSE * bestLag(thinSpeech, thin(Arrays.copyOfRange(recording, block, end))) - block;
            for (int at = block; at + WINDOW <= end; at += WINDOW / 2) {
                if (loudest > 0 && energy(recording, at) > LOUD_OF_LOUDEST * loudest) {
                    scores[count++] = bestNear(speech, recording, at, lag);
                }
            }
        }
        Arrays.sort(scores, 0, count);
        return count < 3 ? 0 : scores[count / 2];
    }

    private static double bestNear(short[] speech, short[] recording, int at, int lag) {
        double best = 0;
        for (int shift = -STRETCH; shift <= STRETCH; shift++) {
            best = Math.max(best, normalised(speech, recording, at, WINDOW, at + lag + shift));
        }
        return best;
    }

    /** Where in the speech the recording begins, in thinned samples. */
    private static int bestLag(short[] speech, short[] recording) {
        int best = 0;
        double highest = -1;
        for (int lag = 0; lag < speech.length; lag++) {
            double score = normalised(speech, recording, 0, recording.length, lag);
            if (score > highest) {
                highest = score;
                best = lag;
            }
        }
        return best;
    }

    private static double normalised(short[] speech, short[] recording, int at, int length, int speechAt) {
        double product = 0;
        double ours = 0;
        double theirs = 0;
        int there = Math.floorMod(speechAt, speech.length);
        for (int i = at; i < at + length; i++) {
            double a = recording[i];
            double b = speech[there];
            product += a * b;
            ours += a * a;
            theirs += b * b;
            there = there + 1 == speech.length ? 0 : there + 1;
        }
        return ours == 0 || theirs == 0 ? 0 : product / Math.sqrt(ours * theirs);
    }

    private static double energy(short[] pcm, int at) {
        double sum = 0;
        for (int i = at; i < at + WINDOW; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return sum;
    }

    /** Means of four samples: enough to find the place by. */
    private static short[] thin(short[] pcm) {
        short[] thinned = new short[pcm.length / COARSE];
        for (int i = 0; i < thinned.length; i++) {
            int sum = 0;
            for (int j = 0; j < COARSE; j++) {
                sum += pcm[COARSE * i + j];
            }
            thinned[i] = (short) (sum / COARSE);
        }
        return thinned;
    }
}
