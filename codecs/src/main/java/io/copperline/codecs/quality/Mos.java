package io.copperline.codecs.quality;

/** Mean opinion score of a conversation (MOS-CQE) from a rating: ITU-T G.107 Annex B. */
public final class Mos {
    public static final double WORST = 1;
    public static final double BEST = 4.5;

    private Mos() {}

    /** From 1 (bad) to 4.5 (all that a telephone can be). */
    public static double of(double rating) {
        if (rating <= 0) {
            return WORST;
        }
        if (rating >= 100) {
            return BEST;
        }
        // Below R = 6.5 the cubic falls a little under 1, which nobody can answer.
        return Math.max(WORST, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }
}
