package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.rtp.JitterBuffer;

/** Makes the parts of a direction for a codec. */
record Workshop(Opus opus) {
    Decoding decoding(AudioCodec codec) {
        return codec == AudioCodec.OPUS ? new OpusDecoding(opus) : new G711Decoding(codec);
    }

    Encoding encoding(AudioCodec codec) {
        return codec == AudioCodec.OPUS ? new OpusEncoding(opus) : new G711Encoding(codec);
    }

    WaitingRoom waitingRoom(AudioCodec codec) {
        JitterBuffer jitter = codec == AudioCodec.OPUS ? JitterBuffer.opus() : JitterBuffer.g711();
        return new WaitingRoom(jitter, decoding(codec));
    }
}
