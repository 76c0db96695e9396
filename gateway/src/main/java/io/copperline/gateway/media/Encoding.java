package io.copperline.gateway.media;

import io.copperline.codecs.sdp.AudioFormat;

/** Samples at the rate it was made for to one stream's packets. Keeps its state from frame to frame; owned by one direction. */
interface Encoding extends AutoCloseable {
    /** Encodes; returns the payload's length, or 0 where nothing came of it. */
    int encode(short[] pcm, int pcmOff, int samples, byte[] out, int outOff);

    /** What the other end wants to be sent: the format parameters of its description. */
    void asked(AudioFormat theirs);

    /** The other end misses so much of what we send. */
    void expectedLoss(int percent);

    @Override
    void close();
}
