package io.copperline.gateway.media;

import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.G722Encoder;
import io.copperline.codecs.sdp.AudioFormat;

/** G.711 and G.722, which have no parameters and nothing to protect themselves with. */
final class SampleEncoding implements Encoding {
    /** The codec itself; returns the bytes it made. */
    private interface Codec {
        int encode(short[] pcm, int pcmOff, int samples, byte[] out, int outOff);
    }

    private final Codec codec;

    private SampleEncoding(Codec codec) {
        this.codec = codec;
    }

    static SampleEncoding pcmu() {
        return new SampleEncoding((pcm, pcmOff, samples, out, outOff) -> {
            G711.encodeMu(pcm, pcmOff, samples, out, outOff);
            return samples;
        });
    }

    static SampleEncoding pcma() {
        return new SampleEncoding((pcm, pcmOff, samples, out, outOff) -> {
            G711.encodeA(pcm, pcmOff, samples, out, outOff);
            return samples;
        });
    }

    static SampleEncoding g722(int rateHz) {
        return new SampleEncoding(new G722Encoder(rateHz)::encode);
    }

    @Override
    public int encode(short[] pcm, int pcmOff, int samples, byte[] out, int outOff) {
        return codec.encode(pcm, pcmOff, samples, out, outOff);
    }

    @Override
    public void asked(AudioFormat theirs) {
        // Nothing can be asked for.
    }

    @Override
    public void expectedLoss(int percent) {
        // Nothing can be done about it.
    }

    @Override
    public void close() {
        // Nothing but memory.
    }
}
