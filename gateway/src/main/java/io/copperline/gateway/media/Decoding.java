package io.copperline.gateway.media;

/** One stream's packets to samples at the rate it was made for. Keeps its state from frame to frame; owned by one direction. */
interface Decoding extends AutoCloseable {
    /** Decodes a packet; returns samples, or 0 where it is no packet of this codec. */
    int decode(byte[] payload, int off, int len, short[] pcm, int pcmOff);

    /**
     * Makes up for a lost packet.
     *
     * @param next the packet behind it, which may hold the lost one's sound (FEC), of {@code len} bytes; 0: it is not there
     * @return whether the lost one's sound was in the next one, so that nothing is missing
     */
    boolean conceal(byte[] next, int off, int len, short[] pcm, int pcmOff, int samples);

    /** What is heard while the sender means to be silent. */
    void pause(short[] pcm, int pcmOff, int samples);

    @Override
    void close();
}
