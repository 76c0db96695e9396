package io.copperline.gateway.media;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.audio.G711;
import io.copperline.codecs.sdp.AudioFormat;

/** PCMU or PCMA. */
final class G711Encoding implements Encoding {
    private final boolean aLaw;

    G711Encoding(AudioCodec codec) {
        aLaw = codec == AudioCodec.PCMA;
    }

    @Override
    public int unitsPerSample() {
        return 1;
    }

    @Override
    public int encode(short[] pcm, int pcmOff, int samples, byte[] out, int outOff) {
        if (aLaw) {
            G711.encodeA(pcm, pcmOff, samples, out, outOff);
        } else {
            G711.encodeMu(pcm, pcmOff, samples, out, outOff);
        }
        return samples;
    }

    @Override
    public void asked(AudioFormat theirs) {
        // G.711 has no parameters.
    }

    @Override
    public void expectedLoss(int percent) {
        // G.711 has nothing to protect itself with.
    }

    @Override
    public void close() {
        // Nothing but memory.
    }
}
