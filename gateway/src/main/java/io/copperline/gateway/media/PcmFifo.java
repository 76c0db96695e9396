package io.copperline.gateway.media;

/** Samples between codecs that count in different steps: a 30 ms packet here, a 20 ms tick there. */
final class PcmFifo {
    private final short[] samples;
    private int head;
    private int tail;

    PcmFifo(int capacity) {
        samples = new short[capacity];
    }

    int size() {
        return tail - head;
    }

    /** Makes room for {@code count} more and returns the array to write them to, from {@link #writeOffset}. */
    short[] reserve(int count) {
        if (tail + count > samples.length) {
            System.arraycopy(samples, head, samples, 0, tail - head);
            tail -= head;
            head = 0;
        }
        return samples;
    }

    int writeOffset() {
        return tail;
    }

    /** The samples written behind {@link #writeOffset} are in. */
    void commit(int count) {
        tail += count;
    }

    /** Takes the oldest ones out. */
    void read(short[] out, int off, int count) {
        System.arraycopy(samples, head, out, off, count);
        head += count;
    }
}
