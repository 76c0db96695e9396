package io.copperline.codecs.rtp;

/**
 * How losses come, one by one or in bursts (RFC 3611 section 4.7.2): a burst is where fewer than {@link #GMIN} frames are heard between two
 * that are not. The counts are those of appendix A.2 there. Owned by its jitter buffer.
 *
 * <pre>
 *  state 1  gap, heard          state 2  burst, heard
 *  state 4  gap, lost alone     state 3  burst, lost
 *  cXY = how often X was followed by Y
 * </pre>
 */
final class BurstGap {
    /** Gmin, the value that the RFC recommends. */
    static final int GMIN = 16;

    private static final int WHOLE = 256;

    private long heardSince;
    private int lostInBurst;
    private long c11;
    private long c13;
    private long c14;
    private long c22;
    private long c23;
    private long c33;

    void heard() {
        heardSince++;
    }

    void lost() {
        if (heardSince >= GMIN) {
            if (lostInBurst == 1) {
                c14++;
            } else {
                c13++;
            }
            lostInBurst = 1;
            c11 += heardSince;
        } else {
            lostInBurst++;
            if (heardSince == 0) {
                c33++;
            } else {
                c23++;
                c22 += heardSince - 1;
            }
        }
        heardSince = 0;
    }

    /** How much of the bursts was lost, in 1/256. */
    int burstDensity() {
        if (c13 == 0) {
            return 0; // There was no burst.
        }
        double p32 = c23 / (double) (c13 + c23 + c33);
        double p23 = c22 + c23 < 1 ? 1 : 1 - c22 / (double) (c22 + c23);
        return (int) Math.min(WHOLE - 1, WHOLE * p23 / (p23 + p32));
    }

    /** How much of the gaps between bursts was lost, likewise. */
    int gapDensity() {
        return c11 + c14 == 0 ? 0 : (int) Math.min(WHOLE - 1, WHOLE * c14 / (c11 + c14));
    }

    /** The mean length of a burst. */
    long burstFrames() {
        return c13 == 0 ? 0 : Math.max(0, all() / c13 - gapFrames());
    }

    /** The mean length of what is between two bursts; of all, where there was none. */
    long gapFrames() {
        return c13 == 0 ? c11 + c14 + heardSince : (c11 + c14 + c13) / c13;
    }

    private long all() {
        return c11 + c14 + c13 + c22 + c23 + c13 + c23 + c33; // c31 = c13 and c32 = c23
    }
}
