package io.copperline.gateway.call;

import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.Referral;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLegListener;

/** Hears one trunk leg, and passes it on for as long as that is the call's own; what an earlier one still says is lost. */
class Ear implements SipLegListener {
    private final Call call;

    Ear(Call call) {
        this.call = call;
    }

    final Call call() {
        return call;
    }

    final boolean current() {
        return call.hears(this);
    }

    @Override
    public void trying() {
        if (current()) {
            call.trying();
        }
    }

    @Override
    public void ringing() {
        if (current()) {
            call.ringing();
        }
    }

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        if (current()) {
            call.audio(negotiated, early);
        }
    }

    @Override
    public void answered() {
        if (current()) {
            call.answered();
        }
    }

    @Override
    public void dtmf(char digit, int durationMillis) {
        if (current()) {
            call.dtmf(digit, durationMillis);
        }
    }

    @Override
    public void dtmfSent(char digit, int durationMillis, int status) {
        if (current()) {
            call.dtmfSent(digit, durationMillis, status);
        }
    }

    @Override
    public void referred(Referral referral) {
        if (current()) {
            call.referred(referral);
        } else {
            referral.refuse(603, "the call has gone on to somebody else");
        }
    }

    @Override
    public void replaced(IncomingCall by) {
        if (current()) {
            call.replaced(by);
        } else {
            by.refuse(603, 0);
        }
    }

    @Override
    public void ended(SipEnd end) {
        if (current()) {
            call.ended(end);
        }
    }
}
