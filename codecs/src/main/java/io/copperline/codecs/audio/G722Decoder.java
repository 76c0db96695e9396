package io.copperline.codecs.audio;

/** G.722 at 64 kbit/s (ITU-T G.722): 8000 bytes a second. Keeps its state from packet to packet; owned by one stream. */
public final class G722Decoder {
    private static final int MOST = 16_383;
    private static final int LEAST = -16_384;

    /** What each code of six bits means in the lower band, for a scale of 32768 (table 8). */
    private static final int[] LEVEL = {
        -136, -136, -136, -136, -24_808, -21_904, -19_008, -16_704, -14_984, -13_512, -12_280, -11_192, -10_232, -9360,
        -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360,
        -1040, -728, 24_808, 21_904, 19_008, 16_704, 14_984, 13_512, 12_280, 11_192, 10_232, 9360, 8576, 7856, 7192,
        6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136
    };

    private final boolean wide;
    private final G722Filter filter = new G722Filter();
    private final G722Band low = G722Band.low();
    private final G722Band high = G722Band.high();

    /** @param rateHz of the samples: 16000, or 8000, which leaves the upper band out */
    public G722Decoder(int rateHz) {
        wide = G722.isWide(rateHz);
    }

    /**
     * Decodes bytes.
     *
     * @return samples written: two for each byte at 16 kHz, one at 8 kHz
     */
    public int decode(byte[] in, int off, int len, short[] pcm, int pcmOff) {
        for (int i = 0; i < len; i++) {
            int code = in[off + i];
            int lowSample = Math.clamp(low.prediction() + (low.scale() * LEVEL[code & 63] >> 15), LEAST, MOST);
            G722.adaptLow(low, code & 63);
            int predicted = high.prediction();
            int highSample = Math.clamp(predicted + G722.adaptHigh(high, code >> 6 & 3), LEAST, MOST);
            if (wide) {
                filter.push(lowSample + highSample, lowSample - highSample);
                pcm[pcmOff + 2 * i] = (short) G722Band.saturate(filter.even() >> 11);
                pcm[pcmOff + 2 * i + 1] = (short) G722Band.saturate(filter.odd() >> 11);
            } else {
                pcm[pcmOff + i] = (short) (2 * lowSample);
            }
        }
        return wide ? 2 * len : len;
    }
}
