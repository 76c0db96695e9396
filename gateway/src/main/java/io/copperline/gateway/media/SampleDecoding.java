package io.copperline.gateway.media;

import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.G711Concealment;
import io.copperline.codecs.audio.G722Decoder;
import java.util.Arrays;

/** G.711 and G.722: a byte for each unit of the clock, and lost ones made up for behind the decoder by the pitch of G.711 Appendix I. */
final class SampleDecoding implements Decoding {
    private static final int MAX_BYTES = 960;

    /** The codec itself; returns the samples it made. */
    private interface Codec {
        int decode(byte[] payload, int off, int len, short[] pcm, int pcmOff);
    }

    private final Codec codec;
    private final G711Concealment concealment;

    private SampleDecoding(Codec codec, int rateHz) {
        this.codec = codec;
        concealment = new G711Concealment(rateHz);
    }

    static SampleDecoding pcmu() {
        return new SampleDecoding(
                (payload, off, len, pcm, pcmOff) -> {
                    G711.decodeMu(payload, off, len, pcm, pcmOff);
                    return len;
                },
                Workshop.NARROW_HZ);
    }

    static SampleDecoding pcma() {
        return new SampleDecoding(
                (payload, off, len, pcm, pcmOff) -> {
                    G711.decodeA(payload, off, len, pcm, pcmOff);
                    return len;
                },
                Workshop.NARROW_HZ);
    }

    static SampleDecoding g722(int rateHz) {
        return new SampleDecoding(new G722Decoder(rateHz)::decode, rateHz);
    }

    @Override
    public int decode(byte[] payload, int off, int len, short[] pcm, int pcmOff) {
        int samples = codec.decode(payload, off, Math.min(len, MAX_BYTES), pcm, pcmOff);
        concealment.received(pcm, pcmOff, samples);
        return samples;
    }

    @Override
    public boolean conceal(byte[] next, int off, int len, short[] pcm, int pcmOff, int samples) {
        concealment.conceal(pcm, pcmOff, samples);
        return false;
    }

    @Override
    public void pause(short[] pcm, int pcmOff, int samples) {
        Arrays.fill(pcm, pcmOff, pcmOff + samples, (short) 0);
        concealment.received(pcm, pcmOff, samples);
    }

    @Override
    public void close() {
        // Nothing but memory.
    }
}
