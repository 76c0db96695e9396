package io.copperline.gateway.bench;

/** Finds where a mark begins: sound that is loud within 2 ms, after 80 ms of quiet. One for each stream that is listened to. */
final class OnsetFinder {
    private static final int LOUD = 5_000;
    private static final int NOT_QUIET = 1_500;
    private static final int QUIET_SAMPLES = 80 * SpeechLoop.SAMPLES_PER_MILLI;
    private static final int RISE_SAMPLES = 2 * SpeechLoop.SAMPLES_PER_MILLI;

    private long position;
    private long lastSound;
    private long rose = -QUIET_SAMPLES;

    /** The onset's sample behind {@code off}, or -1. */
    int find(short[] pcm, int off, int n) {
        int found = -1;
        for (int i = 0; i < n; i++, position++) {
            int amplitude = Math.abs(pcm[off + i]);
            if (amplitude < NOT_QUIET) {
                continue;
            }
            if (position - lastSound >= QUIET_SAMPLES) {
                rose = position;
            }
            lastSound = position;
            if (amplitude >= LOUD && position - rose <= RISE_SAMPLES) {
                found = i;
                rose = -QUIET_SAMPLES;
            }
        }
        return found;
    }
}
