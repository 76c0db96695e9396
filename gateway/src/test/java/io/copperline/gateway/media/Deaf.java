package io.copperline.gateway.media;

/** Hears nothing of what a trunk brings: that is another direction's. */
final class Deaf implements TrunkStream.Sink {
    @Override
    public void audio(byte[] buf, int off, int len, long now) {}

    @Override
    public void digit(byte[] buf, int off, int len, long now) {}

    @Override
    public void comfortNoise(byte[] buf, int off, int len, long now) {}

    @Override
    public void latchedElsewhere() {}
}
