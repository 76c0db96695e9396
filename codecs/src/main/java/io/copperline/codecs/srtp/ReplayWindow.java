package io.copperline.codecs.srtp;

import java.util.Arrays;

/**
 * Which of the last 1024 indices have been seen (RFC 3711 section 3.3.2). Check and commit are two steps: only what has
 * authenticated is committed.
 */
final class ReplayWindow {
    private static final int SIZE = 1024;

    private final long[] seen = new long[SIZE / 64];
    private long highest = -1;

    /** Whether this index is new and not too old to tell. */
    boolean isFresh(long index) {
        if (index > highest) {
            return true;
        }
        return highest - index < SIZE && (seen[word(index)] & bit(index)) == 0;
    }

    void commit(long index) {
        if (index > highest) {
            forget(highest + 1, index);
            highest = index;
        }
        seen[word(index)] |= bit(index);
    }

    /** The highest committed index, or -1. */
    long highest() {
        return highest;
    }

    private void forget(long from, long to) {
        if (to - from >= SIZE) {
            Arrays.fill(seen, 0);
            return;
        }
        for (long i = from; i <= to; i++) {
            seen[word(i)] &= ~bit(i);
        }
    }

    private static int word(long index) {
        return (int) (index % SIZE) / 64;
    }

    private static long bit(long index) {
        return 1L << (index % 64);
    }
}
