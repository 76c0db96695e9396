package io.copperline.codecs.rtp;

/** What became of the packets and frames of a {@link JitterBuffer}. Written by it alone, on its owner's thread. */
public final class JitterCounts {
    long late;
    long duplicate;
    long overflow;
    long oversize;
    long stray;
    long played;
    long recovered;
    long lost;
    long bursts;
    long concealed;
    long skipped;
    long stretched;
    private final BurstGap burstGap = new BurstGap();
    private boolean inGap;

    /** A packet is there when its time comes. */
    void play(boolean redundant) {
        recovered += redundant ? 1 : 0;
        played++;
        bursts += inGap ? 1 : 0;
        inGap = false;
        burstGap.heard();
    }

    /** A packet is not there when its time comes. */
    void miss() {
        lost++;
        inGap = true;
        burstGap.lost();
    }

    /** What comes next does not follow what was before. */
    void resume() {
        inGap = false;
    }

    /** How losses come. */
    BurstGap burstGap() {
        return burstGap;
    }

    /** Packets that came when their time was over. */
    public long late() {
        return late;
    }

    /** Packets that were known already. */
    public long duplicate() {
        return duplicate;
    }

    /** Packets pushed out by newer ones, 64 later. */
    public long overflow() {
        return overflow;
    }

    /** Packets longer than a slot. */
    public long oversize() {
        return oversize;
    }

    /** Single packets with a far-off sequence number or timestamp. */
    public long stray() {
        return stray;
    }

    /** Packets that were not there when their time came, the late ones included. */
    public long lost() {
        return lost;
    }

    /** Packets whose time came and that were there. */
    public long played() {
        return played;
    }

    /** Of those, packets that were lost and came as redundancy of a later one. */
    public long recovered() {
        return recovered;
    }

    /** Gaps: one or more lost packets between two that were played. */
    public long bursts() {
        return bursts;
    }

    /** Frames given as LOST, for whatever reason. */
    public long concealed() {
        return concealed;
    }

    /** Frames left out to become less deep. */
    public long skipped() {
        return skipped;
    }

    /** Frames put in to become deeper. */
    public long stretched() {
        return stretched;
    }
}
