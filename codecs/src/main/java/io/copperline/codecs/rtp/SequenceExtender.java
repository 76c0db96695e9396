package io.copperline.codecs.rtp;

/**
 * Extends 16-bit sequence numbers by their roll-overs (RFC 3550 section A.1): the result rises by one from packet to packet,
 * and a reordered packet gets the number it would have had in order.
 */
public final class SequenceExtender {
    private boolean known;
    private long highest;

    /** The extended number; the first packet's is its own. A packet from before the first one's wrap may get one below 0. */
    public long extend(int seq16) {
        int sequence = seq16 & 0xFFFF;
        if (!known) {
            known = true;
            highest = sequence;
            return highest;
        }
        long extended = highest + (short) (sequence - highest);
        highest = Math.max(highest, extended);
        return extended;
    }

    /** Forgets the stream: the next packet is a first one. */
    public void reset() {
        known = false;
    }
}
