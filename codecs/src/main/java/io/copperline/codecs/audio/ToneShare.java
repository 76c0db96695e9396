package io.copperline.codecs.audio;

/** Whether one frequency holds a share of a sound's energy: Goertzel's filter. Immutable. */
public final class ToneShare {
    private final double coefficient;

    /**
     * @param hz the frequency
     * @param rateHz samples a second
     */
    public ToneShare(double hz, int rateHz) {
        coefficient = 2 * Math.cos(2 * Math.PI * hz / rateHz);
    }

    /**
     * Looks at the first n samples of a sound; of silence no frequency holds anything.
     *
     * @param share of the energy of these samples, 0 to 1
     * @return whether more than that is at the frequency
     */
    public boolean exceeds(double share, short[] pcm, int n) {
        double before = 0;
        double last = 0;
        double energy = 0;
        for (int i = 0; i < n; i++) {
            double next = pcm[i] + coefficient * last - before;
            before = last;
            last = next;
            energy += (double) pcm[i] * pcm[i];
        }
        double atTone = last * last + before * before - coefficient * last * before;
        return 2 * atTone / n > share * energy;
    }
}
