package io.copperline.gateway.call;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.gateway.call.CallEvent.TransferState;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.Referral;
import io.copperline.sip.SipEnd;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The carrier hands the browser's user on (REFER): we call whom it names, and the user is put through when he answers. Until then
 * the old leg stays, unless the carrier hangs it up before; if nobody answers it goes on.
 */
final class Handover extends NextLeg {
    private final Referral referral;
    private final Deque<Way> ways;
    private final CallPermits permits;
    private final String to;
    private boolean rang;
    private boolean alone;

    Handover(Call call, Referral referral, HandingOn on) {
        super(call);
        this.referral = referral;
        ways = new ArrayDeque<>(on.ways());
        permits = on.permits();
        to = ways.getFirst().to();
    }

    void begin() {
        referral.accept();
        tell(TransferState.STARTED, 0);
        if (!dialNext()) {
            fail(503, EndCode.LIMIT_REACHED);
        }
    }

    /** Calls by the next way whose trunk is below its limits; false where there is none. */
    private boolean dialNext() {
        while (!ways.isEmpty()) {
            Way way = ways.removeFirst();
            if (permits.trunk(way.trunk(), call().now())) {
                open(way);
                return true;
            }
        }
        return false;
    }

    private void open(Way way) {
        call().media().openNext(call().home().trunks().settings(way.trunk())).whenComplete((local, failure) -> {
            if (isDone()) {
                return;
            }
            if (failure == null) {
                dial(way, local);
            } else {
                fail(503, EndCode.CONGESTION);
            }
        });
    }

    private void dial(Way way, LocalAudio local) {
        CallParties parties = call().parties();
        OutgoingCall wanted = new OutgoingCall(
                        way.to(), way.shown(), Optional.empty(), parties.withheld(), !ways.isEmpty())
                .sentOn(way.onward());
        leg(call().home().trunks().call(way.trunk(), wanted, local, call().home(), this), way.trunk());
        if (alone) {
            takePorts();
        }
    }

    @Override
    public void ringing() {
        if (isDone()) {
            return;
        }
        if (!rang) {
            rang = true;
            referral.progress(180);
            tell(TransferState.RINGING, 0);
        }
        if (alone) {
            call().media().ringback(true);
        }
    }

    // The carrier's BYE need not wait for what becomes of its REFER (RFC 5589 section 6.1).
    @Override
    boolean outlives(SipEnd end) {
        if (isDone()) {
            return false;
        }
        alone = true;
        if (leg().isPresent()) {
            takePorts();
            call().media().ringback(rang);
        }
        return true;
    }

    @Override
    void abandon() {
        if (!isDone()) {
            finish();
            leg().ifPresent(l -> l.hangUp(EndCode.CANCELLED.q850()));
            referral.failed(487);
        }
    }

    @Override
    void taken() {
        permits.answered(call().now());
        referral.succeeded();
        tell(TransferState.SUCCEEDED, 200);
    }

    @Override
    void lost(SipEnd end) {
        boolean mayGoOn = end.retryable() && !rang && !hasPorts();
        if (!mayGoOn || !dialNext()) {
            fail(end.status() >= 300 ? end.status() : 480, EndCodes.of(end), EndCodes.cause(end));
        }
    }

    private void fail(int status, EndCode code) {
        fail(status, code, "");
    }

    private void fail(int status, EndCode code, String cause) {
        finish();
        call().moves().lost(this);
        referral.failed(status);
        call().media().closeNext();
        tell(TransferState.FAILED, status);
        if (alone) {
            call().end(code, status, code.q850(), CallEvent.Party.TRUNK, cause);
        }
    }

    private void tell(TransferState state, int status) {
        call().story().tell(new CallEvent.Transfer(call().now(), state, CallEvent.Side.TRUNK, to, status));
    }
}
