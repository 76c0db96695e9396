package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * We have given up an INVITE that is still out (RFC 3261 section 9.1). CANCEL waits for the first provisional response; a 2xx
 * that crosses it is acknowledged and hung up.
 */
final class Cancelling implements LegState {
    /** How long the owner waits for the far side to agree. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Leg leg;
    private final Attempt invite;
    private final SipEnd end;
    private final int q850;
    private final Acks acks;
    private Timers.Timer patience = () -> {};
    private Timers.Timer linger = () -> {};
    private boolean sent;

    private Cancelling(Leg leg, Attempt invite, EarlyDialogs forks, SipEnd end, int q850) {
        this.leg = leg;
        this.invite = invite;
        this.end = end;
        this.q850 = q850;
        this.acks = new Acks(leg, Optional.of(forks));
    }

    /**
     * @param heard whether a response has come, so that CANCEL may go
     * @param patience how long to wait for the far side before the end is reported
     */
    static void start(
            Leg leg, Attempt invite, EarlyDialogs forks, boolean heard, SipEnd end, int q850, Duration patience) {
        Cancelling state = new Cancelling(leg, invite, forks, end, q850);
        leg.become(state);
        state.linger = leg.after(state, Over.LINGER.plusSeconds(2), state::over);
        if (heard) {
            state.cancel();
        }
        if (patience.isZero()) {
            leg.end(end);
        } else {
            state.patience = leg.after(state, patience, () -> leg.end(end));
        }
    }

    @Override
    public void onInviteResponse(Response response) {
        if (response.isProvisional()) {
            cancel();
        } else if (response.isSuccess()) {
            stopTimers();
            acks.repeatOrDecline(response);
            Over.Lingering.at(leg, acks, end);
        } else {
            over();
        }
    }

    @Override
    public void onInviteFailure(WireFailure failure, String what) {
        over();
    }

    @Override
    public void onRequest(Request request, ServerExchange exchange) {
        exchange.respond(leg.respond(request, 481));
    }

    private void cancel() {
        if (!sent) {
            sent = true;
            invite.cancel(Q850.header(q850));
        }
    }

    private void stopTimers() {
        patience.stop();
        linger.stop();
    }

    private void over() {
        stopTimers();
        Over.at(leg, end);
    }
}
