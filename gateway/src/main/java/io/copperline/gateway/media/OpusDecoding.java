package io.copperline.gateway.media;

import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusDecoder;
import io.copperline.codecs.audio.OpusPacket;
import java.util.Arrays;

/** Opus straight to the trunk's rate: there is no resampler in the path. */
final class OpusDecoding implements Decoding {
    /** The decoder's comfort noise is worth its cost for a while; a muted browser may be silent for an hour. */
    private static final int NOISE_SECONDS = 2;

    private final OpusDecoder decoder;
    private final int maxSamples;
    private final int noiseSamples;
    private int pausedSamples;

    OpusDecoding(Opus opus, int rateHz) {
        decoder = opus.decoder(rateHz);
        maxSamples = rateHz * 120 / 1_000;
        noiseSamples = rateHz * NOISE_SECONDS;
    }

    @Override
    public int decode(byte[] payload, int off, int len, short[] pcm, int pcmOff) {
        pausedSamples = 0;
        return Math.max(0, decoder.decode(payload, off, len, pcm, pcmOff, maxSamples));
    }

    @Override
    public boolean conceal(byte[] next, int off, int len, short[] pcm, int pcmOff, int samples) {
        int made = len > 0
                ? decoder.decodeFec(next, off, len, pcm, pcmOff, samples)
                : decoder.conceal(pcm, pcmOff, samples);
        silenceAfter(made, pcm, pcmOff, samples);
        return OpusPacket.redundant(next, off, len);
    }

    @Override
    public void pause(short[] pcm, int pcmOff, int samples) {
        pausedSamples = Math.min(noiseSamples, pausedSamples + samples);
        int made = pausedSamples < noiseSamples ? decoder.conceal(pcm, pcmOff, samples) : 0;
        silenceAfter(made, pcm, pcmOff, samples);
    }

    private static void silenceAfter(int made, short[] pcm, int pcmOff, int samples) {
        int good = Math.clamp(made, 0, samples);
        Arrays.fill(pcm, pcmOff + good, pcmOff + samples, (short) 0);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
