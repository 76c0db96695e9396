package io.copperline.gateway.media;

/** Hears nothing of what a trunk brings, where that is another direction's; whoever hears only some of it overrides that. */
class Deaf implements TrunkStream.Sink {
    @Override
    public void audio(byte[] buf, int off, int len, long now) {}

    @Override
    public void digit(byte[] buf, int off, int len, long now) {}

    @Override
    public void comfortNoise(byte[] buf, int off, int len, long now) {}

    @Override
    public void latchedElsewhere() {}
}
