package io.copperline.gateway.call;

import io.copperline.gateway.call.CallEvent.TransferState;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.SipEnd;
import io.copperline.sip.SipLeg;
import java.util.Optional;

/** A call of the carrier's that takes the place of our leg (RFC 3891): answered at once, and the old leg gets a BYE. */
final class Replacement extends NextLeg {
    private final IncomingCall by;
    private final Optional<SipLeg> old;

    Replacement(Call call, IncomingCall by) {
        super(call);
        this.by = by;
        old = call.leg();
    }

    void begin() {
        leg(by.take(call().home(), this), by.trunk());
        call().media().openNext(call().home().trunks().settings(by.trunk())).whenComplete((local, failure) -> {
            if (isDone()) {
                return;
            }
            if (failure == null) {
                leg().orElseThrow()
                        .audio(local); // What it offers may not do: then the leg ends, and the old one stays.
                leg().orElseThrow().answer();
            } else {
                finish();
                call().moves().lost(this);
                leg().orElseThrow().reject(503, EndCode.CONGESTION.q850());
            }
        });
    }

    @Override
    boolean outlives(SipEnd end) {
        return !isDone(); // The carrier is quicker with its BYE than we with our 200.
    }

    @Override
    void abandon() {
        if (!isDone()) {
            finish();
            leg().ifPresent(l -> l.reject(603, 0));
        }
    }

    @Override
    void taken() {
        old.ifPresent(l -> l.hangUp(EndCode.HANGUP.q850()));
        call().story()
                .tell(new CallEvent.Transfer(
                        call().now(),
                        TransferState.SUCCEEDED,
                        CallEvent.Side.TRUNK,
                        call().home().onwards().shown(by.from(), by.trunk()),
                        200));
    }

    @Override
    void lost(SipEnd end) {
        finish();
        call().moves().lost(this);
        call().media().closeNext();
    }
}
