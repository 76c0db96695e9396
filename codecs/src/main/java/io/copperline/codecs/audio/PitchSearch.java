package io.copperline.codecs.audio;

/**
 * The pitch of the last 20 ms (G.711 Appendix I, section I.2.2): the lag of 5 to 15 ms with the greatest normalised
 * cross-correlation, searched at every fourth of a millisecond first and around the best of those then.
 */
final class PitchSearch {
    private static final float MIN_POWER = 250;

    private final int minPitch;
    private final int maxPitch;
    private final int length;
    private final int coarse;

    /** @param factor how many times 8 kHz */
    PitchSearch(int factor) {
        minPitch = 40 * factor;
        maxPitch = 120 * factor;
        length = 160 * factor;
        coarse = 2 * factor;
    }

    /** The longest lag, in samples. */
    int maxPitch() {
        return maxPitch;
    }

    int pitch(float[] signal, int end) {
        int best = search(signal, end, 0, maxPitch - minPitch, coarse);
        int from = Math.max(0, best - (coarse - 1));
        int to = Math.min(maxPitch - minPitch, best + (coarse - 1));
        return maxPitch - search(signal, end, from, to, 1);
    }

    /** The best offset against the longest lag; of equals the last, the shortest lag. */
    private int search(float[] signal, int end, int from, int to, int step) {
        int last = end - length;
        int longest = last - maxPitch;
        int best = from;
        double bestCorrelation = Double.NEGATIVE_INFINITY;
        for (int offset = from; offset <= to; offset += step) {
            float energy = 0;
            float correlation = 0;
            for (int i = 0; i < length; i += step) {
                float earlier = signal[longest + offset + i];
                energy += earlier * earlier;
                correlation += earlier * signal[last + i];
            }
            double normalised = correlation / Math.sqrt(Math.max(energy, MIN_POWER));
            if (normalised >= bestCorrelation) {
                bestCorrelation = normalised;
                best = offset;
            }
        }
        return best;
    }
}
