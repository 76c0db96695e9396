package io.copperline.gateway;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.gateway.call.TrunkLines;
import io.copperline.gateway.route.Numbers;
import io.copperline.sip.NumberForm;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.TrunkIdentity;
import io.copperline.sip.TrunkSettings;
import java.util.concurrent.Executor;

/** The SIP endpoint's trunks as calls see them. Calls and endpoint need each other, so the endpoint comes second. */
final class Trunks implements TrunkLines {
    private final Numbers numbers;
    private volatile SipEndpoint endpoint;

    Trunks(Numbers numbers) {
        this.numbers = numbers;
    }

    void opened(SipEndpoint sip) {
        endpoint = sip;
    }

    @Override
    public TrunkSettings settings(String trunk) {
        return endpoint.trunk(trunk).settings();
    }

    @Override
    public boolean usable(String trunk) {
        return endpoint.trunk(trunk).state().usable();
    }

    @Override
    public SipLeg call(String trunk, OutgoingCall call, LocalAudio local, Executor owner, SipLegListener listener) {
        return endpoint.trunk(trunk).call(call.in(form(settings(trunk).identity())), local, owner, listener);
    }

    /** Here the trunk is known, and so are the numbers of all countries, which are nothing to SIP. */
    private NumberForm form(TrunkIdentity identity) {
        return switch (identity.numbers()) {
            case E164 -> NumberForm.E164;
            case NATIONAL -> number -> numbers.national(number, identity.region());
            case DIALLED -> number -> numbers.dialledFrom(number, identity.region());
        };
    }
}
