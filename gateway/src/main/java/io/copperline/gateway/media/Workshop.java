package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.rtp.JitterBuffer;
import java.util.Optional;

/** Makes the parts of a direction for a codec, each for samples at one rate. */
record Workshop(Opus opus) {
    static final int NARROW_HZ = 8_000;
    static final int WIDE_HZ = 16_000;

    /** The rate at which a call's two codecs meet: 16 kHz where both have as much, so that nothing is resampled. */
    static int rateHz(Optional<AudioCodec> browser, Optional<AudioCodec> trunk) {
        boolean wide = browser.filter(AudioCodec.OPUS::equals).isPresent()
                && trunk.filter(AudioCodec.G722::equals).isPresent();
        return wide ? WIDE_HZ : NARROW_HZ;
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
