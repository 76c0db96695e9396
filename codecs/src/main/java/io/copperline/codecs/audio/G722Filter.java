package io.copperline.codecs.audio;

/** The quadrature mirror filter of G.722 (ITU-T G.722 section 5.2.1, table 4), which splits 16 kHz into two bands of 8 kHz, or joins them. */
final class G722Filter {
    private static final int[] TAPS = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};
    private static final int LENGTH = 2 * TAPS.length;

    /** The last 24 samples, twice, so that they always stand in one row somewhere. */
    private final int[] line = new int[2 * LENGTH];

    private int at;
    private int even;
    private int odd;

    /** Takes two samples in; {@link #even} and {@link #odd} are what the two halves of the filter make of the last 24. */
    void push(int first, int second) {
        line[at] = first;
        line[at + LENGTH] = first;
        line[at + 1] = second;
        line[at + 1 + LENGTH] = second;
        at = at + 2 == LENGTH ? 0 : at + 2;
        even = 0;
        odd = 0;
        for (int i = 0; i < TAPS.length; i++) {
            odd += line[at + 2 * i] * TAPS[i];
            even += line[at + 2 * i + 1] * TAPS[TAPS.length - 1 - i];
        }
    }

    int even() {
        return even;
    }

    int odd() {
        return odd;
    }
}
