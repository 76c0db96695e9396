package io.copperline.gateway.media;

/** Tones to put in on one side, and to look for on the other. */
final class Tone {
    private static final double SAMPLE_RATE_HZ = 8_000;

    private Tone() {}

    static void fill(short[] pcm, int off, int count, double frequencyHz, long firstSample) {
        for (int i = 0; i < count; i++) {
            double phase = 2 * Math.PI * frequencyHz * (firstSample + i) / SAMPLE_RATE_HZ;
            pcm[off + i] = (short) (8_000 * Math.sin(phase));
        }
    }

    /** How much of the power lies at this frequency, from 0 to 1 (Goertzel). */
    static double share(short[] pcm, int off, int count, double frequencyHz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * frequencyHz / SAMPLE_RATE_HZ);
        double before = 0;
        double last = 0;
        double power = 0;
        for (int i = 0; i < count; i++) {
            double next = pcm[off + i] + coefficient * last - before;
            before = last;
            last = next;
            power += (double) pcm[off + i] * pcm[off + i];
        }
        double found = last * last + before * before - coefficient * last * before;
        return power == 0 ? 0 : 2 * found / (count * power);
    }
}
