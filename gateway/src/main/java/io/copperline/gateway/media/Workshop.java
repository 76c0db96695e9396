package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.rtp.JitterBuffer;

/** Makes the parts of a direction for a codec, each for samples at one rate. */
record Workshop(Opus opus) {
    static final int NARROW_HZ = 8_000;
    static final int WIDE_HZ = 16_000;

    /** The rate at which two codecs meet: 16 kHz where both have as much, so that nothing is resampled. */
    static int rateHz(AudioCodec one, AudioCodec other) {
        return wide(one) && wide(other) ? WIDE_HZ : NARROW_HZ;
    }

    private static boolean wide(AudioCodec codec) {
        return codec == AudioCodec.OPUS || codec == AudioCodec.G722;
    }

    private Decoding decoding(AudioCodec codec, int rateHz) {
        return switch (codec) {
            case OPUS -> new OpusDecoding(opus, rateHz);
            case G722 -> SampleDecoding.g722(rateHz);
            case PCMU -> SampleDecoding.pcmu();
            case PCMA -> SampleDecoding.pcma();
        };
    }

    Encoding encoding(AudioCodec codec, int rateHz) {
        return switch (codec) {
            case OPUS -> new OpusEncoding(opus, rateHz);
            case G722 -> SampleEncoding.g722(rateHz);
            case PCMU -> SampleEncoding.pcmu();
            case PCMA -> SampleEncoding.pcma();
        };
    }

    WaitingRoom waitingRoom(AudioCodec codec, int rateHz) {
        // G.722 has the clock and the bytes of G.711.
        JitterBuffer jitter = codec == AudioCodec.OPUS ? JitterBuffer.opus() : JitterBuffer.g711();
        return new WaitingRoom(jitter, decoding(codec, rateHz), codec.clockRateHz(), rateHz);
    }
}
