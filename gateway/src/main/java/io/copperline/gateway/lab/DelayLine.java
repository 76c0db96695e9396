package io.copperline.gateway.lab;

import java.util.Arrays;

/**
 * What one stream heard, played by the same or another stream a little later. The delay is always the same, so that what
 * comes back is what went in; where nothing comes in, silence is played, and the delay is made anew.
 *
 * <pre>
 *   heard --> [ ring of 400 ms ] --> fill, once 60 ms are in
 * </pre>
 */
final class DelayLine implements Sound {
    /** More than a thread of either side is late on a busy machine. */
    static final int DELAY_SAMPLES = 480;

    private static final int CAPACITY = 3_200;

    private final short[] ring = new short[CAPACITY];
    private int first;
    private int count;
    private boolean playing;

    /** Takes in n samples; the oldest make room. */
    void heard(short[] pcm, int n) {
        for (int i = 0; i < n; i++) {
            if (count == CAPACITY) {
                first = (first + 1) % CAPACITY;
                count--;
            }
            ring[(first + count++) % CAPACITY] = pcm[i];
        }
    }

    @Override
    public void fill(short[] pcm, int n) {
        playing = playing ? count > 0 : count >= DELAY_SAMPLES;
        int have = playing ? Math.min(n, count) : 0;
        for (int i = 0; i < have; i++) {
            pcm[i] = ring[first];
            first = (first + 1) % CAPACITY;
        }
        count -= have;
        Arrays.fill(pcm, have, n, (short) 0);
    }
}
