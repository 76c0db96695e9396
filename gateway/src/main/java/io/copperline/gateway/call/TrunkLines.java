package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.SipLeg;
import io.copperline.sip.SipLegListener;
import io.copperline.sip.TrunkSettings;
import java.util.concurrent.Executor;

/** The trunks as a call uses them. */
public interface TrunkLines {
    TrunkSettings settings(String trunk);

    /** Whether nothing is known to be wrong with it. */
    boolean usable(String trunk);

    SipLeg call(String trunk, OutgoingCall call, LocalAudio local, Executor owner, SipLegListener listener);
}
