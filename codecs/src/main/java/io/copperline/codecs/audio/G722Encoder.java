package io.copperline.codecs.audio;

/** G.722 at 64 kbit/s (ITU-T G.722): 8000 bytes a second. Keeps its state from packet to packet; owned by one stream. */
public final class G722Encoder {
    /** The upper band has four levels, parted at 0 and at this (table 10). */
    private static final int HIGH_DECISION = 564;

    private static final int LEVELS = 30;

    private static final int[] DECISIONS = {
        0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650,
        714, 786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
    };

    private final boolean wide;
    private final G722Filter filter = new G722Filter();
    private final G722Band low = G722Band.low();
    private final G722Band high = G722Band.high();

    /** @param rateHz of the samples: 16000, or 8000, which leaves the upper band empty */
    public G722Encoder(int rateHz) {
        wide = G722.isWide(rateHz);
    }

    /**
     * Encodes samples, an even number of them at 16 kHz.
     *
     * @return bytes written: one for each two samples at 16 kHz, for each one at 8 kHz
     */
    public int encode(short[] pcm, int pcmOff, int samples, byte[] out, int outOff) {
        int bytes = wide ? samples / 2 : samples;
        for (int i = 0; i < bytes; i++) {
            out[outOff + i] = (byte) (wide ? wideCode(pcm, pcmOff + 2 * i) : narrowCode(pcm[pcmOff + i]));
        }
        return bytes;
    }

    private int wideCode(short[] pcm, int at) {
        filter.push(pcm[at], pcm[at + 1]);
        int lowCode = lowCode(filter.even() + filter.odd() >> 14);
        return highCode(filter.even() - filter.odd() >> 14) << 6 | lowCode;
    }

    /** The filter, too, would give the lower band half of what goes in. */
    private int narrowCode(short sample) {
        return highCode(0) << 6 | lowCode(sample >> 1);
    }

    /** SUBTRA and QUANTL: negative differences have the codes 63, 62 and 31 down to 4, the others 61 down to 32. */
    private int lowCode(int sample) {
        int difference = G722Band.saturate(sample - low.prediction());
        int magnitude = difference >= 0 ? difference : ~difference;
        int level = 1;
        while (level < LEVELS && magnitude >= DECISIONS[level] * low.scale() >> 12) {
            level++;
        }
        int code = difference >= 0 ? 62 - level : level <= 2 ? 64 - level : 34 - level;
        G722.adaptLow(low, code);
        return code;
    }

    /** SUBTRA and QUANTH. */
    private int highCode(int sample) {
        int difference = G722Band.saturate(sample - high.prediction());
        int magnitude = difference >= 0 ? difference : ~difference;
        boolean large = magnitude >= HIGH_DECISION * high.scale() >> 12;
        int code = (difference >= 0 ? 2 : 0) | (large ? 0 : 1);
        G722.adaptHigh(high, code);
        return code;
    }
}
