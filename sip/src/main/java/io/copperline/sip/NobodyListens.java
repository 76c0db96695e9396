package io.copperline.sip;

import io.copperline.codecs.sdp.NegotiatedAudio;

/** Who hears of a leg that was refused before anyone took it. */
final class NobodyListens implements SipLegListener {
    @Override
    public void trying() {}

    @Override
    public void ringing() {}

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {}

    @Override
    public void answered() {}

    @Override
    public void dtmf(char digit, int durationMillis) {}

    @Override
    public void ended(SipEnd end) {}
}
