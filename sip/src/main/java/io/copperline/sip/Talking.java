package io.copperline.sip;

import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The leg is answered. Both sides may offer anew, press keys, ask, and hang up. */
final class Talking implements LegState {
    /** The called side may not say BYE before the ACK (RFC 3261 section 15); it does not wait for ever either. */
    private static final Duration ACK_PATIENCE = Duration.ofSeconds(2);

    private final Leg leg;
    private final Dialog dialog;
    private final Acks acks;
    private final boolean caller;
    private final OwnOffers own;
    private final PeerOffers peer;
    private final SessionTimer session;
    private final OwnRefer refer;
    private Optional<PeerReferral> referral = Optional.empty();
    private Optional<UnackedOk> unacked = Optional.empty();
    private boolean answerInAck;
    private Predicate<Request> pracks = _ -> false;
    private Optional<Integer> hangUpAfterAck = Optional.empty();

    private Talking(Leg leg, Dialog dialog, Acks acks, boolean caller, SessionTerms terms) {
        this.leg = leg;
        this.dialog = dialog;
        this.acks = acks;
        this.caller = caller;
        this.session = new SessionTimer(leg, this, dialog, terms);
        this.own = new OwnOffers(leg, this, dialog, acks, caller, session);
        this.peer = new PeerOffers(leg, this, dialog, session);
        this.refer = new OwnRefer(leg, this, dialog);
    }

    /**
     * The caller's side, after its ACK.
     *
     * @param ok the peer's 200
     */
    static void start(Leg leg, Dialog dialog, Acks acks, SessionTerms terms, Response ok) {
        Talking state = new Talking(leg, dialog, acks, true, terms);
        leg.become(state);
        state.session.onOk(ok);
    }

    /**
     * The called side: sends the 200 and repeats it until the ACK.
     *
     * @param answerInAck whether the 200 holds our offer, so that the answer comes with the ACK
     * @param pracks whether a PRACK that comes late is for a response of ours
     */
    static void startCalled(
            Leg leg,
            Dialog dialog,
            Request invite,
            ServerExchange exchange,
            Response ok,
            boolean answerInAck,
            Predicate<Request> pracks) {
        SessionTerms terms = new SessionTerms(leg.line().settings().dialogs());
        Talking state = new Talking(leg, dialog, new Acks(leg, Optional.empty()), false, terms);
        state.answerInAck = answerInAck;
        state.pracks = pracks;
        leg.become(state);
        Response granted = ok.with(state.session.grant(invite));
        state.unacked = Optional.of(UnackedOk.send(leg, state, exchange, granted, () -> state.lost("no ACK")));
    }

    @Override
    public void hangUp(int q850) {
        if (unacked.isPresent()) {
            hangUpAfterAck = Optional.of(q850);
            leg.after(this, ACK_PATIENCE, () -> farewell(q850, Ends.hungUp(q850)));
        } else {
            farewell(q850, Ends.hungUp(q850));
        }
    }

    @Override
    public void hold(boolean held) {
        own.hold(held);
    }

    // Where the operator has chosen INFO, it is tried whatever the peer's Allow says.
    @Override
    public boolean sendInfoDtmf(InfoDtmf digit) {
        if (leg.line().settings().dtmf() != DtmfMode.INFO && !dialog.peerAllows("INFO")) {
            return false;
        }
        List<Header> type = List.of(new Header("Content-Type", InfoDtmf.RELAY));
        leg.sender().send(dialog, "INFO", type, digit.relayBody(), new ResponseListener() {
            @Override
            public void onResponse(Response response) {
                if (!response.isProvisional() && !lostOn(response)) {
                    sent(response.status());
                }
            }

            // One lost digit does not end a call; the next request within it will show whether it lives.
            @Override
            public void onFailure(WireFailure failure, String what) {
                sent(0);
            }

            private void sent(int status) {
                leg.tell(who -> who.dtmfSent(digit.digit(), digit.durationMillis(), status));
            }
        });
        return true;
    }

    @Override
    public void refer(ReferTarget target, ReferListener listener) {
        refer.send(target, listener);
    }

    @Override
    public Optional<ReferTarget.Dialog> replaceable() {
        return Optional.of(dialog.replaceable());
    }

    // RFC 3891 section 3.
    @Override
    public void onReplaces(Replaces replaces, IncomingCall by) {
        if (!replaces.fromTag().equals(dialog.remoteTag())) {
            by.refuse(481, 0);
        } else if (replaces.earlyOnly()) {
            by.refuse(486, 0);
        } else {
            leg.tell(who -> who.replaced(by));
        }
    }

    private void onRefer(Request request, ServerExchange exchange) {
        if (leg.line().settings().transfers().refer() == Transfers.Refer.REFUSE) {
            InDialog.answer(leg, request, exchange);
        } else if (referral.filter(one -> !one.isOver()).isPresent()) {
            exchange.respond(leg.respond(request, 491));
        } else {
            dialog.refreshTarget(request);
            Optional<PeerReferral> read = PeerReferral.read(leg, dialog, request, exchange, referral.isEmpty());
            referral = read.or(() -> referral);
            read.ifPresent(one -> leg.tell(who -> who.referred(one)));
        }
    }

    @Override
    public void onInviteResponse(Response response) {
        acks.repeatOrDecline(response);
    }

    @Override
    public void onAck(Request ack) {
        peer.onAck(ack);
        if (unacked.isEmpty() || !unacked.get().acknowledgedBy(ack)) {
            return;
        }
        unacked = Optional.empty();
        if (answerInAck && !takeAnswer(ack)) {
            return;
        }
        hangUpAfterAck.ifPresent(q850 -> farewell(q850, Ends.hungUp(q850)));
    }

    @Override
    public void onRequest(Request request, ServerExchange exchange) {
        if (!dialog.accepts(request)) {
            exchange.respond(InDialog.late(leg, request));
            return;
        }
        switch (request.method()) {
            case "BYE" -> {
                exchange.respond(leg.respond(request, 200));
                leave(Ends.peerHungUp(request));
            }
            case "INVITE" -> peer.onInvite(request, exchange, own.isPending() || unacked.isPresent());
            case "PRACK" -> exchange.respond(leg.respond(request, pracks.test(request) ? 200 : 481));
            case "REFER" -> onRefer(request, exchange);
            case "NOTIFY" -> refer.onNotify(request, exchange);
            case "UPDATE" -> peer.onUpdate(request, exchange, own.isPending() || answerInAck);
            default -> InDialog.answer(leg, request, exchange);
        }
    }

    /** Refreshes the session by a re-INVITE that changes nothing. */
    void reinvite() {
        own.refresh();
    }

    /** Whether the peer has agreed to be held by us. */
    boolean isHolding() {
        return own.isHolding();
    }

    /** RFC 3261 section 12.2.1.2: 481, or no response to a request in a dialog, means that the dialog is gone. */
    boolean lostOn(Response response) {
        if (response.status() == 481 || response.status() == 408) {
            lost(response.status() + " within the call");
            return true;
        }
        return false;
    }

    /** The dialog is gone on the far side: says BYE all the same, in case it is not. */
    void lost(String why) {
        farewell(0, Ends.dialogLost(why));
    }

    /** Ends the call from our side. */
    void farewell(int q850, SipEnd end) {
        leg.sender().bye(dialog, q850);
        leave(end);
    }

    private void leave(SipEnd end) {
        unacked.ifPresent(UnackedOk::stop);
        session.stop();
        own.stop();
        peer.stop();
        boolean subscribed = refer.stop();
        if (caller || subscribed) {
            Over.Lingering.at(leg, acks, end, subscribed);
        } else {
            Over.at(leg, end);
        }
    }

    private boolean takeAnswer(Request ack) {
        answerInAck = false;
        try {
            Optional<String> sdp = ack.body("application/sdp");
            if (sdp.isEmpty()) {
                throw new SdpException("the ACK brings no answer");
            }
            leg.agreed(leg.media().onAnswer(sdp.get()), false);
            leg.tell(SipLegListener::answered);
            return true;
        } catch (SdpException e) {
            leg.parts().drops().count(Drop.BAD_SDP, e.getMessage());
            farewell(0, Ends.badSdp(e));
        } catch (NoCommonCodec e) {
            farewell(0, Ends.noCommonCodec(e.getMessage()));
        }
        return false;
    }
}
