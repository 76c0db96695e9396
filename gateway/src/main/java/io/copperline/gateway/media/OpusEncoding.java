package io.copperline.gateway.media;

import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusEncoder;
import io.copperline.codecs.sdp.AudioFormat;

/** The trunk's sound as Opus: narrowband where there is no more in it, wideband with G.722, with in-band FEC where the browser can use it. */
final class OpusEncoding implements Encoding {
    private static final int NARROWBAND_BITRATE = 20_000;
    private static final int WIDEBAND_BITRATE = 28_000;
    /** RFC 7587 section 6.1: maxaveragebitrate is at least this. */
    private static final int LEAST_BITRATE = 6_000;

    private static final int MAX_BYTES = 400;
    /** So short a frame says that nothing need be sent (RFC 7587 section 3.1.3). */
    private static final int DTX_BYTES = 2;
    /** Ten buys nothing that can be heard at 8 kHz, and costs twice as much. */
    private static final int COMPLEXITY = 5;

    private static final int LEAST_LOSS_PERCENT = 5;
    private static final int MOST_LOSS_PERCENT = 30;

    private final OpusEncoder encoder;
    private final int bitrate;
    private int lossPercent = LEAST_LOSS_PERCENT;

    OpusEncoding(Opus opus, int rateHz) {
        encoder = opus.encoder(rateHz);
        bitrate = rateHz > 8_000 ? WIDEBAND_BITRATE : NARROWBAND_BITRATE;
        encoder.bitrate(bitrate);
        encoder.complexity(COMPLEXITY);
        encoder.expectedLoss(lossPercent);
    }

    @Override
    public int encode(short[] pcm, int pcmOff, int samples, byte[] out, int outOff) {
        int bytes = encoder.encode(pcm, pcmOff, samples, out, outOff, MAX_BYTES);
        return bytes <= DTX_BYTES ? 0 : bytes;
    }

    /** RFC 7587 section 6.1. Stereo is no demand: a receiver of two channels takes one. */
    @Override
    public void asked(AudioFormat theirs) {
        encoder.bitrate(Math.clamp(theirs.parameter("maxaveragebitrate").orElse(bitrate), LEAST_BITRATE, bitrate));
        encoder.fec(theirs.parameter("useinbandfec").orElse(0) == 1);
        encoder.dtx(theirs.parameter("usedtx").orElse(0) == 1);
        encoder.constantBitrate(theirs.parameter("cbr").orElse(0) == 1);
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
