package io.copperline.gateway.bench;

import io.copperline.codecs.rtp.SequenceExtender;

/** How many of a stream's packets have come, and how many should have. */
final class StreamCount {
    private final SequenceExtender extender = new SequenceExtender();
    private long first = -1;
    private long highest;
    private long received;

    void onPacket(int sequence) {
        long extended = extender.extend(sequence);
        if (first < 0) {
            first = extended;
            highest = extended;
        }
        highest = Math.max(highest, extended);
        received++;
    }

    long received() {
        return received;
    }

    long lost() {
        return first < 0 ? 0 : highest - first + 1 - received;
    }
}
