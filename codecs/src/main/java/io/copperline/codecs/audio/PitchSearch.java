package io.copperline.codecs.audio;

/**
 * The pitch of the last 20 ms (G.711 Appendix I, section I.2.2): the lag of 5 to 15 ms with the greatest normalised
 * cross-correlation, searched at every second sample first and around the best of those then.
 */
final class PitchSearch {
    static final int MIN_PITCH = 40;
    static final int MAX_PITCH = 120;

    private static final int LENGTH = 160;
    private static final int COARSE = 2;
    private static final float MIN_POWER = 250;

    private PitchSearch() {}

    static int pitch(float[] signal, int end) {
        int best = search(signal, end, 0, MAX_PITCH - MIN_PITCH, COARSE);
        int from = Math.max(0, best - (COARSE - 1));
        int to = Math.min(MAX_PITCH - MIN_PITCH, best + (COARSE - 1));
        return MAX_PITCH - search(signal, end, from, to, 1);
    }

    /** The best offset against the longest lag; of equals the last, the shortest lag. */
    private static int search(float[] signal, int end, int from, int to, int step) {
        int last = end - LENGTH;
        int longest = last - MAX_PITCH;
        int best = from;
        double bestCorrelation = Double.NEGATIVE_INFINITY;
        for (int offset = from; offset <= to; offset += step) {
            float energy = 0;
            float correlation = 0;
            for (int i = 0; i < LENGTH; i += step) {
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
