package io.copperline.gateway.call;

import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.gateway.media.RelayMedia.Side;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.Referral;
import java.util.Optional;

/** Hears the leg that a call in came by, for the call, or for what it goes on to. */
final class CallerEar extends Ear {
    private final InboundCall call;

    CallerEar(InboundCall call) {
        super(call);
        this.call = call;
    }

    private Optional<Forwarding> forwarding() {
        return call.forwarding().filter(_ -> current() && !call.over());
    }

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        forwarding().ifPresentOrElse(on -> on.callerAudio(negotiated, early), () -> super.audio(negotiated, early));
    }

    @Override
    public void dtmf(char digit, int durationMillis) {
        forwarding()
                .ifPresentOrElse(
                        on -> on.callerPressed(digit, durationMillis), () -> super.dtmf(digit, durationMillis));
    }

    @Override
    public void dtmfSent(char digit, int durationMillis, int status) {
        forwarding()
                .ifPresentOrElse(
                        on -> on.infoSent(Side.CALLER, digit, durationMillis, status),
                        () -> super.dtmfSent(digit, durationMillis, status));
    }

    /** Between two phones nobody is put through to a third. */
    @Override
    public void referred(Referral referral) {
        forwarding()
                .ifPresentOrElse(_ -> referral.refuse(603, "the call was forwarded"), () -> super.referred(referral));
    }

    @Override
    public void replaced(IncomingCall by) {
        forwarding().ifPresentOrElse(_ -> by.refuse(603, 0), () -> super.replaced(by));
    }
}
