package io.copperline.gateway.call;

import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import java.util.Optional;

/**
 * A trunk leg that takes the place of the call's present one as soon as it is answered: the browser goes on, and hears another phone.
 * Owned by the call's shard.
 */
abstract class NextLeg extends Ear {
    private Optional<SipLeg> leg = Optional.empty();
    private Optional<NegotiatedAudio> audio = Optional.empty();
    private String trunk = "";
    private boolean portsTaken;
    private boolean done;

    NextLeg(Call call) {
        super(call);
    }

    final void leg(SipLeg next, String trunkName) {
        leg = Optional.of(next);
        trunk = trunkName;
    }

    final Optional<SipLeg> leg() {
        return leg;
    }

    /** Nothing of it is waited for any more. */
    final boolean isDone() {
        return done;
    }

    final void finish() {
        done = true;
    }

    /** The present leg is gone before this one is answered: its audio is heard from now on. */
    final void takePorts() {
        if (!portsTaken) {
            portsTaken = true;
            call().media().takeNext();
            audio.ifPresent(agreed -> call().audio(agreed, true));
        }
    }

    final boolean hasPorts() {
        return portsTaken;
    }

    /** The present leg has ended; whether the call goes on without it. */
    abstract boolean outlives(SipEnd end);

    /** The call is over. */
    abstract void abandon();

    /** It is the call's leg now. */
    abstract void taken();

    /** It will never be. */
    abstract void lost(SipEnd end);

    @Override
    public void audio(NegotiatedAudio negotiated, boolean early) {
        audio = Optional.of(negotiated);
        if (portsTaken && !current()) {
            call().audio(negotiated, true);
        }
        super.audio(negotiated, early);
    }

    @Override
    public void answered() {
        if (done || call().over()) {
            return;
        }
        done = true;
        if (!portsTaken) {
            portsTaken = true;
            call().media().takeNext();
        }
        call().takeOver(this, leg.orElseThrow(), trunk);
        call().moves().taken(this);
        audio.ifPresent(agreed -> call().audio(agreed, false));
        taken();
    }

    @Override
    public void ended(SipEnd end) {
        if (current()) {
            super.ended(end);
        } else if (!done) {
            lost(end);
        }
    }
}
