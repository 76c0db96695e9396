package io.copperline.gateway.lab;

import java.util.Arrays;

/** Something to play: 8 kHz, mono, asked for once each 20 ms. Owned by its stream. */
@FunctionalInterface
interface Sound {
    /** Nothing to hear, but sent all the same: two peers that wait for each other's first packet would wait for ever. */
    Sound SILENCE = (pcm, n) -> Arrays.fill(pcm, 0, n, (short) 0);

    /** Overwrites the first n samples. */
    void fill(short[] pcm, int n);
}
