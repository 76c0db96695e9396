package io.copperline.codecs.rtp;

/**
 * How a stream is heard at its end, as that end says it (RFC 3611 section 4.7).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     BT=7      |   reserved    |       block length = 8        |
 * |                        SSRC of source                         |
 * |   loss rate   | discard rate  | burst density |  gap density  |
 * |       burst duration          |         gap duration          |
 * |     round trip delay          |       end system delay        |
 * | signal level  |  noise level  |     RERL      |     Gmin      |
 * |   R factor    | ext. R factor |    MOS-LQ     |    MOS-CQ     |
 * |   RX config   |   reserved    |          JB nominal           |
 * |          JB maximum           |          JB abs max           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param lossRate of all since the beginning, in 1/256: what never came
 * @param discardRate likewise, what came too late
 * @param burstDensity how much of the bursts is lost, in 1/256
 * @param gapDensity how much between them is
 * @param burstMillis how long a burst is
 * @param gapMillis how long it is between two
 * @param roundTripMillis 0 where it is not known
 * @param endSystemDelayMillis from the network to the ear, and from the mouth to the network
 * @param rFactor the rating by G.107, 0 to 100; {@link #UNKNOWN} where nobody knows
 * @param mosTenths the score of a conversation, 10 to 50; {@link #UNKNOWN} likewise
 * @param nominalDepthMillis of its jitter buffer, for packets in time
 * @param maximumDepthMillis the same for the latest that is still played, now and at most
 */
public record VoipMetrics(
        int lossRate,
        int discardRate,
        int burstDensity,
        int gapDensity,
        int burstMillis,
        int gapMillis,
        int roundTripMillis,
        int endSystemDelayMillis,
        int rFactor,
        int mosTenths,
        int nominalDepthMillis,
        int maximumDepthMillis) {
    /** Of a level, a rating or a score. */
    public static final int UNKNOWN = 127;

    static final int BLOCK_TYPE = 7;
    static final int BLOCK_BYTES = 36;
    /** Losses are concealed, better than by silence; the jitter buffer adapts itself. */
    private static final int ENHANCED_AND_ADAPTIVE = 0b1011_0000;

    private static final int MOST = 0xFFFF;

    /**
     * What a jitter buffer and a rating of it tell.
     *
     * @param roundTripMillis below 0 where it is not known
     * @param rating by G.107, of what comes out of the buffer
     * @param mos 1 to 4.5, likewise
     */
    public static VoipMetrics of(
            JitterBuffer jitter, int clockRateHz, int roundTripMillis, int codecMillis, double rating, double mos) {
        JitterCounts counts = jitter.counts();
        BurstGap burstGap = counts.burstGap();
        long all = Math.max(1, counts.played() + counts.lost());
        long tooLate = Math.min(counts.late(), counts.lost());
        long frameMillis = 1_000L * jitter.frameUnits() / clockRateHz;
        return new VoipMetrics(
                share(counts.lost() - tooLate, all),
                share(tooLate, all),
                burstGap.burstDensity(),
                burstGap.gapDensity(),
                millis(burstGap.burstFrames() * frameMillis),
                millis(burstGap.gapFrames() * frameMillis),
                Math.clamp(roundTripMillis, 0, MOST),
                Math.clamp((long) jitter.depthMillis() + codecMillis, 0, MOST),
                Math.clamp(Math.round(rating), 0, 100),
                (int) Math.round(10 * mos),
                Math.clamp(jitter.targetMillis(), 0, MOST),
                Math.clamp(Math.max(jitter.depthMillis(), jitter.targetMillis()), 0, MOST));
    }

    private static int share(long part, long all) {
        return (int) Math.min(0xFF, 256 * part / all);
    }

    private static int millis(long value) {
        return (int) Math.min(MOST, value);
    }

    /** Whether it says how good the whole is; 0, which some send for want of anything better, says nothing. */
    public boolean rated() {
        return rFactor > 0 && rFactor <= 100;
    }

    /** Writes the block about a source; returns where it ends. */
    int write(byte[] out, int off, long source) {
        out[off] = BLOCK_TYPE;
        out[off + 1] = 0;
        Bytes.put16(out, off + 2, BLOCK_BYTES / 4 - 1);
        Bytes.put32(out, off + 4, source);
        out[off + 8] = (byte) lossRate;
        out[off + 9] = (byte) discardRate;
        out[off + 10] = (byte) burstDensity;
        out[off + 11] = (byte) gapDensity;
        Bytes.put16(out, off + 12, Math.min(MOST, burstMillis));
        Bytes.put16(out, off + 14, Math.min(MOST, gapMillis));
        Bytes.put16(out, off + 16, Math.min(MOST, roundTripMillis));
        Bytes.put16(out, off + 18, Math.min(MOST, endSystemDelayMillis));
        out[off + 20] = UNKNOWN;
        out[off + 21] = UNKNOWN;
        out[off + 22] = UNKNOWN;
        out[off + 23] = BurstGap.GMIN;
        out[off + 24] = (byte) rFactor;
        out[off + 25] = UNKNOWN; // no other network segment is known
        out[off + 26] = UNKNOWN; // a score of listening alone is not worked out
        out[off + 27] = (byte) mosTenths;
        out[off + 28] = (byte) ENHANCED_AND_ADAPTIVE;
        out[off + 29] = 0;
        Bytes.put16(out, off + 30, Math.min(MOST, nominalDepthMillis));
        Bytes.put16(out, off + 32, Math.min(MOST, maximumDepthMillis));
        Bytes.put16(out, off + 34, (int) (DelayEstimate.MAX_TARGET_MICROS / 1_000));
        return off + BLOCK_BYTES;
    }

    /** Reads the block, whose length has been checked. */
    static VoipMetrics read(byte[] buf, int off) {
        return new VoipMetrics(
                buf[off + 8] & 0xFF,
                buf[off + 9] & 0xFF,
                buf[off + 10] & 0xFF,
                buf[off + 11] & 0xFF,
                Bytes.u16(buf, off + 12),
                Bytes.u16(buf, off + 14),
                Bytes.u16(buf, off + 16),
                Bytes.u16(buf, off + 18),
                buf[off + 24] & 0xFF,
                buf[off + 27] & 0xFF,
                Bytes.u16(buf, off + 30),
                Bytes.u16(buf, off + 32));
    }
}
