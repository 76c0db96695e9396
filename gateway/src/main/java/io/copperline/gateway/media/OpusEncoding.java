package io.copperline.gateway.media;

import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusEncoder;

/** The trunk's sound as Opus: narrowband, since there is no more in it, with in-band FEC. */
final class OpusEncoding implements Encoding {
    private static final int SAMPLE_RATE_HZ = 8_000;
    private static final int BITRATE = 20_000;
    private static final int MAX_BYTES = 400;
    /** Ten buys nothing that can be heard at 8 kHz, and costs twice as much. */
    private static final int COMPLEXITY = 5;

    private static final int LEAST_LOSS_PERCENT = 5;
    private static final int MOST_LOSS_PERCENT = 30;

    private final OpusEncoder encoder;
    private int lossPercent = LEAST_LOSS_PERCENT;

    OpusEncoding(Opus opus) {
        encoder = opus.encoder(SAMPLE_RATE_HZ);
        encoder.bitrate(BITRATE);
        encoder.complexity(COMPLEXITY);
        encoder.fec(true);
        encoder.expectedLoss(lossPercent);
    }

    @Override
    public int unitsPerSample() {
        return 48_000 / SAMPLE_RATE_HZ;
    }

    @Override
    public int encode(short[] pcm, int pcmOff, int samples, byte[] out, int outOff) {
        return Math.max(0, encoder.encode(pcm, pcmOff, samples, out, outOff, MAX_BYTES));
    }

    @Override
    public void expectedLoss(int percent) {
        int wanted = Math.clamp(percent, LEAST_LOSS_PERCENT, MOST_LOSS_PERCENT);
        if (wanted != lossPercent) {
            lossPercent = wanted;
            encoder.expectedLoss(wanted);
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
