package io.copperline.webrtc.sctp;

/** Which TSNs have come: all up to the cumulative one, and some after it, as bits in a ring. */
final class TsnWindow {
    /** How far ahead of the cumulative TSN we keep account. */
    static final int TSNS = 16_384;

    private final long[] bits = new long[TSNS / 64];
    private int cumulative;
    private int highest;

    TsnWindow(int cumulative) {
        this.cumulative = cumulative;
        highest = cumulative;
    }

    int cumulative() {
        return cumulative;
    }

    int highest() {
        return highest;
    }

    boolean gaps() {
        return highest != cumulative;
    }

    boolean has(int tsn) {
        return !Wire.before(cumulative, tsn) || (!Wire.before(highest, tsn) && bit(tsn));
    }

    boolean covers(int tsn) {
        return tsn - cumulative <= TSNS;
    }

    private boolean bit(int tsn) {
        return (bits[(tsn & TSNS - 1) >> 6] & 1L << tsn) != 0;
    }

    /** A TSN came that was not there, and that is covered. */
    void add(int tsn) {
        bits[(tsn & TSNS - 1) >> 6] |= 1L << tsn;
        if (Wire.before(highest, tsn)) {
            highest = tsn;
        }
    }

    /** Whether the TSN after the cumulative one is there. */
    boolean canAdvance() {
        return gaps() && bit(cumulative + 1);
    }

    /** Moves the cumulative TSN on by one, whether or not that one came. */
    void advance() {
        cumulative++;
        bits[(cumulative & TSNS - 1) >> 6] &= ~(1L << cumulative);
        if (Wire.before(highest, cumulative)) {
            highest = cumulative;
        }
    }

    /** Forgets all, and goes on from there. */
    void jump(int tsn) {
        while (gaps()) {
            advance();
        }
        cumulative = tsn;
        highest = tsn;
    }

    /** How many gap reports there are, up to so many (RFC 9260 section 3.3.4). */
    int gapReports(int most) {
        return walk(most, new byte[0], -1);
    }

    /** Writes them; returns how many. */
    int writeGapReports(int most, byte[] buf, int at) {
        return walk(most, buf, at);
    }

    private int walk(int most, byte[] buf, int at) {
        int count = 0;
        int tsn = cumulative + 1;
        while (count < most && (tsn = next(tsn, true)) - highest <= 0) {
            int end = next(tsn, false);
            if (at >= 0) {
                Wire.put16(buf, at + 4 * count, tsn - cumulative);
                Wire.put16(buf, at + 4 * count + 2, end - 1 - cumulative);
            }
            count++;
            tsn = end;
        }
        return count;
    }

    /** The first TSN from this one on that is there, or not; past the highest where there is none. */
    private int next(int from, boolean there) {
        int tsn = from;
        while (tsn - highest <= 0) {
            long word = bits[(tsn & TSNS - 1) >> 6];
            long rest = (there ? word : ~word) >>> tsn;
            if (rest != 0) {
                tsn += Long.numberOfTrailingZeros(rest);
                return tsn - highest > 0 ? highest + 1 : tsn;
            }
            tsn += 64 - (tsn & 63);
        }
        return highest + 1;
    }
}
