package io.copperline.gateway.media;

import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusDecoder;
import io.copperline.codecs.audio.OpusPacket;
import java.util.Arrays;

/** Opus straight to the trunk's rate: there is no resampler in the path. */
final class OpusDecoding implements Decoding {
    private static final int SAMPLE_RATE_HZ = 8_000;
    private static final int MAX_SAMPLES = SAMPLE_RATE_HZ * 120 / 1_000;
    /** The decoder's comfort noise is worth its cost for a while; a muted browser may be silent for an hour. */
    private static final int NOISE_SAMPLES = SAMPLE_RATE_HZ * 2;

    private final OpusDecoder decoder;
    private int pausedSamples;

    OpusDecoding(Opus opus) {
        decoder = opus.decoder(SAMPLE_RATE_HZ);
    }

    @Override
    public int unitsPerSample() {
        return 48_000 / SAMPLE_RATE_HZ;
    }

    @Override
    public int decode(byte[] payload, int off, int len, short[] pcm, int pcmOff) {
        pausedSamples = 0;
        return Math.max(0, decoder.decode(payload, off, len, pcm, pcmOff, MAX_SAMPLES));
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
        pausedSamples = Math.min(NOISE_SAMPLES, pausedSamples + samples);
        int made = pausedSamples < NOISE_SAMPLES ? decoder.conceal(pcm, pcmOff, samples) : 0;
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
