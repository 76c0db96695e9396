package io.copperline.codecs.quality;

import io.copperline.codecs.audio.AudioCodec;

/**
 * What a codec costs in the E-model.
 *
 * @param equipment Ie: without loss
 * @param lossRobustness Bpl: the higher, the less a lost packet is heard
 */
public record CodecImpairment(double equipment, double lossRobustness) {
    /** G.113 (11/2007) table I.3: G.711 with the concealment of its Appendix I. */
    static final CodecImpairment G711_WITH_CONCEALMENT = new CodecImpairment(0, 25.1);

    /**
     * G.113 has no value for Opus. At the narrowband 20 kbit/s that we ask for and send, SILK was heard as no worse than AMR at
     * 12.2 kbit/s (A. Rämö, H. Toukomaa, "Voice Quality Characterization of IETF Opus Codec", Interspeech 2011), so it has that
     * codec's values, which are GSM-EFR's: G.113 tables I.1 and I.3. Losses that FEC or RED made good are none.
     */
    static final CodecImpairment OPUS_NARROWBAND = new CodecImpairment(5, 10);

    public static CodecImpairment of(AudioCodec codec) {
        return switch (codec) {
            case OPUS -> OPUS_NARROWBAND;
            // The model's narrowband scale has no more to give to G.722, whose losses are made up for in the same way.
            case PCMU, PCMA, G722 -> G711_WITH_CONCEALMENT;
        };
    }

    /** Ie,eff (G.107 section 7.5): with this much random or bursty loss. */
    double effective(double lossPercent, double burstRatio) {
        return equipment + (95 - equipment) * lossPercent / (lossPercent / burstRatio + lossRobustness);
    }
}
