package io.copperline.gateway.carrier;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.G722Decoder;
import io.copperline.codecs.audio.G722Encoder;
import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusDecoder;
import io.copperline.codecs.audio.OpusEncoder;
import java.util.Optional;

/** Sound to packets of 20 ms, and back. Owned by one phone. */
sealed interface Voice extends AutoCloseable {
    int PACKETS_A_SECOND = 50;
    /** 120 ms at 16 kHz. */
    int MOST_SAMPLES = 1920;

    int BUFFER_BYTES = 1500;

    /** Of the sound. */
    int rateHz();

    /** The length of the packet. */
    int encode(short[] pcm, byte[] out, int off);

    /** How many samples it had; 0 or less for a packet that is none. */
    int decode(byte[] in, int off, int len, short[] pcm);

    @Override
    default void close() {}

    /** @throws io.copperline.codecs.audio.OpusMissing for Opus, where this machine has no libopus */
    static Voice of(AudioCodec codec) {
        return switch (codec) {
            case PCMU, PCMA -> new Narrow(codec == AudioCodec.PCMA);
            case G722 -> new Wide(new G722Encoder(16_000), new G722Decoder(16_000));
            case OPUS -> {
                Opus opus = Opus.load(Optional.empty());
                yield new Full(opus.encoder(16_000), opus.decoder(16_000));
            }
        };
    }

    /** G.711. */
    record Narrow(boolean aLaw) implements Voice {
        @Override
        public int rateHz() {
            return 8_000;
        }

        @Override
        public int encode(short[] pcm, byte[] out, int off) {
            int samples = rateHz() / PACKETS_A_SECOND;
            if (aLaw) {
                G711.encodeA(pcm, 0, samples, out, off);
            } else {
                G711.encodeMu(pcm, 0, samples, out, off);
            }
            return samples;
        }

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm) {
            int samples = Math.min(len, MOST_SAMPLES);
            if (aLaw) {
                G711.decodeA(in, off, samples, pcm, 0);
            } else {
                G711.decodeMu(in, off, samples, pcm, 0);
            }
            return samples;
        }
    }

    record Wide(G722Encoder encoder, G722Decoder decoder) implements Voice {
        @Override
        public int rateHz() {
            return 16_000;
        }

        @Override
        public int encode(short[] pcm, byte[] out, int off) {
            return encoder.encode(pcm, 0, rateHz() / PACKETS_A_SECOND, out, off);
        }

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm) {
            return decoder.decode(in, off, Math.min(len, MOST_SAMPLES / 2), pcm, 0);
        }
    }

    record Full(OpusEncoder encoder, OpusDecoder decoder) implements Voice {
        @Override
        public int rateHz() {
            return 16_000;
        }

        @Override
        public int encode(short[] pcm, byte[] out, int off) {
            return encoder.encode(pcm, 0, rateHz() / PACKETS_A_SECOND, out, off, BUFFER_BYTES);
        }

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm) {
            return decoder.decode(in, off, len, pcm, 0, MOST_SAMPLES);
        }

        @Override
        public void close() {
            encoder.close();
            decoder.close();
        }
    }
}
