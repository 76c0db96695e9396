package io.copperline.codecs.audio;

/** The code words of G.722 at 64 kbit/s, and what both its sides make of them (ITU-T G.722 section 6.2.2, tables 7 to 14). */
final class G722 {
    private static final int[] LOG_STEP_LOW = {-60, -30, 58, 172, 334, 538, 1198, 3042};
    private static final int[] LOG_INDEX_LOW = {0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0};
    private static final int[] LOG_STEP_HIGH = {798, -214, 798, -214};
    private static final int[] LEVEL_HIGH = {-7408, -1616, 7408, 1616};
    private static final int[] LEVEL_LOW = {
        0, -20_456, -12_896, -8968, -6288, -4240, -2584, -1200, 20_456, 12_896, 8968, 6288, 4240, 2584, 1200, 0
    };

    static final int WIDE_HZ = 16_000;
    private static final int NARROW_HZ = 8_000;

    private G722() {}

    /** Whether both bands are used: the lower one alone is sound at 8 kHz. */
    static boolean isWide(int rateHz) {
        if (rateHz != WIDE_HZ && rateHz != NARROW_HZ) {
            throw new IllegalArgumentException("G.722 is 16000 Hz, or 8000 Hz in its lower band: " + rateHz);
        }
        return rateHz == WIDE_HZ;
    }

    /** Adapts the lower band to a code of six bits, of which the predictor sees four. */
    static void adaptLow(G722Band band, int code) {
        int coarse = code >> 2;
        band.adapt(band.scale() * LEVEL_LOW[coarse] >> 15, LOG_STEP_LOW[LOG_INDEX_LOW[coarse]]);
    }

    /** The difference that a code of two bits means in the upper band, which adapts to it. */
    static int adaptHigh(G722Band band, int code) {
        int difference = band.scale() * LEVEL_HIGH[code] >> 15;
        band.adapt(difference, LOG_STEP_HIGH[code]);
        return difference;
    }
}
