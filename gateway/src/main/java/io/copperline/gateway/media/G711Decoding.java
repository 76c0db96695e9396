package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.G711Concealment;
import java.util.Arrays;

/** PCMU or PCMA, with the concealment of G.711 Appendix I. */
final class G711Decoding implements Decoding {
    private static final int MAX_SAMPLES = 960;

    private final boolean aLaw;
    private final G711Concealment concealment = new G711Concealment();

    G711Decoding(AudioCodec codec) {
        aLaw = codec == AudioCodec.PCMA;
    }

    @Override
    public int unitsPerSample() {
        return 1;
    }

    @Override
    public int decode(byte[] payload, int off, int len, short[] pcm, int pcmOff) {
        int samples = Math.min(len, MAX_SAMPLES);
        if (aLaw) {
            G711.decodeA(payload, off, samples, pcm, pcmOff);
        } else {
            G711.decodeMu(payload, off, samples, pcm, pcmOff);
        }
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
