package io.copperline.codecs.audio;

/**
 * One sub-band of G.722: what its encoder and its decoder have in common, the scale of the quantiser and the predictor, which
 * both adapt to the same quantised differences. Names in comments are the blocks of ITU-T G.722 section 6.2.
 */
final class G722Band {
    private static final int LOW_LIMIT = 18_432;
    private static final int HIGH_LIMIT = 22_528;
    private static final int ZEROS = 6;

    /** Table 11: a table of antilogarithms, 32 steps to the octave. */
    private static final int[] ILB = {
        2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
        2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
    };

    private final int limit;
    private final int octave;

    private int scale;
    private int logScale;

    private int prediction;
    private int zeroPrediction;
    private int pole1;
    private int pole2;
    private final int[] zeros = new int[ZEROS];
    /** Past quantised differences, the newest first. */
    private final int[] differences = new int[ZEROS];

    private int reconstructed1;
    private int reconstructed2;
    private int partial1;
    private int partial2;

    private G722Band(int limit, int octave, int firstScale) {
        this.limit = limit;
        this.octave = octave;
        scale = firstScale;
    }

    static G722Band low() {
        return new G722Band(LOW_LIMIT, 8, 32);
    }

    static G722Band high() {
        return new G722Band(HIGH_LIMIT, 10, 8);
    }

    /** What the next sample will probably be. */
    int prediction() {
        return prediction;
    }

    /** The quantiser's scale now. */
    int scale() {
        return scale;
    }

    /** LOGSCL and SCALEL, or LOGSCH and SCALEH, then the predictor.
     *
     * @param logStep what the code word adds to the logarithm of the scale
     */
    void adapt(int difference, int logStep) {
        logScale = Math.clamp((logScale * 127 >> 7) + logStep, 0, limit);
        int antilog = ILB[logScale >> 6 & 31];
        int shift = octave - (logScale >> 11);
        scale = (shift < 0 ? antilog << -shift : antilog >> shift) << 2;
        predict(difference);
    }

    private void predict(int difference) {
        int reconstructed = saturate(prediction + difference); // RECONS
        int partial = saturate(zeroPrediction + difference); // PARREC
        adaptPoles(partial);
        adaptZeros(difference);
        reconstructed2 = reconstructed1; // DELAYA
        reconstructed1 = reconstructed;
        partial2 = partial1;
        partial1 = partial;
        System.arraycopy(differences, 0, differences, 1, ZEROS - 1);
        differences[0] = difference;
        int poles = saturate(
                (pole1 * saturate(2 * reconstructed1) >> 15) + (pole2 * saturate(2 * reconstructed2) >> 15)); // FILTEP
        int sum = 0; // FILTEZ
        for (int i = ZEROS - 1; i >= 0; i--) {
            sum += zeros[i] * saturate(2 * differences[i]) >> 15;
        }
        zeroPrediction = saturate(sum);
        prediction = saturate(poles + zeroPrediction); // PREDIC
    }

    /** UPPOL2, then UPPOL1: the predictor stays stable. */
    private void adaptPoles(int partial) {
        boolean like1 = sign(partial) == sign(partial1);
        boolean like2 = sign(partial) == sign(partial2);
        int quadruple = saturate(4 * pole1);
        int towards = Math.min(like1 ? -quadruple : quadruple, Short.MAX_VALUE);
        int second = (like2 ? 128 : -128) + (towards >> 7) + (pole2 * 32_512 >> 15);
        pole2 = Math.clamp(second, -12_288, 12_288);
        int first = saturate((like1 ? 192 : -192) + (pole1 * 32_640 >> 15));
        int bound = saturate(15_360 - pole2);
        pole1 = Math.clamp(first, -bound, bound);
    }

    /** UPZERO. */
    private void adaptZeros(int difference) {
        int step = difference == 0 ? 0 : 128;
        for (int i = 0; i < ZEROS; i++) {
            boolean like = sign(differences[i]) == sign(difference);
            zeros[i] = saturate((like ? step : -step) + (zeros[i] * 32_640 >> 15));
        }
    }

    private static int sign(int value) {
        return value >> 15;
    }

    static int saturate(int value) {
        return Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }
}
