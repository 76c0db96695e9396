package io.copperline.sip;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.TrunkOfferAnswer;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.util.List;
import java.util.Optional;

/** The peer's INVITE waits for our final response (RFC 3261 section 13.3). */
final class Offered implements LegState {
    private static final String SDP = "application/sdp";
    private static final String AGAIN_SECONDS = "2";

    /** How far offer and answer have come in responses that the peer acknowledges by PRACK (RFC 3262 section 5). */
    private enum EarlySdp {
        /** None of ours has gone that way. */
        NONE,
        /** Our SDP is in a reliable response without PRACK yet. */
        SENT,
        /** Both sides know both: no further response needs SDP. */
        AGREED
    }

    private final Leg leg;
    private final Request invite;
    private final ServerExchange exchange;
    private final Dialog dialog;
    private final Optional<String> offer;
    private final boolean reliable;
    private final ReliableProvisionals provisionals;
    private Optional<String> answer = Optional.empty();
    private EarlySdp early = EarlySdp.NONE;
    private boolean answering;

    private Offered(Leg leg, Request invite, ServerExchange exchange) {
        this.leg = leg;
        this.invite = invite;
        this.exchange = exchange;
        this.dialog = Dialog.ofCalled(leg.line(), invite, leg.localTag());
        this.offer = invite.body(SDP);
        this.reliable = switch (leg.line().settings().dialogs().prack()) {
            case SUPPORTED -> OptionTags.of(invite, "Require").contains(OptionTags.RELIABLE);
            case REQUIRED -> true;
            case OFF -> false;
        };
        this.provisionals = new ReliableProvisionals(
                leg, this, exchange, () -> refuse(504, 0, Ends.unacknowledged())); // RFC 3262 section 3
    }

    static void start(Leg leg, Request invite, ServerExchange exchange) {
        leg.become(new Offered(leg, invite, exchange));
    }

    @Override
    public void weighOffer() {
        TrunkSettings trunk = leg.line().settings();
        offer.ifPresent(
                sdp -> refusingWhatCannotBeMet(() -> TrunkOfferAnswer.check(sdp, trunk.codecs(), trunk.srtp())));
    }

    /** What may show that an offer is no good. */
    private interface Reading {
        void read() throws SdpException, NoCommonCodec;
    }

    private void refusingWhatCannotBeMet(Reading reading) {
        try {
            reading.read();
        } catch (SdpException e) {
            leg.parts().drops().count(Drop.BAD_SDP, e.getMessage());
            refuse(488, 0, Ends.badSdp(e));
        } catch (NoCommonCodec e) {
            refuse(488, 0, Ends.noCommonCodec(e.getMessage()));
        }
    }

    /** With an offer at hand, our audio decides the outcome. Without one, ours goes out with the answer. */
    @Override
    public void audio() {
        offer.ifPresent(sdp -> refusingWhatCannotBeMet(() -> {
            TrunkOfferAnswer.Answer made = leg.media().onOffer(sdp, leg.local().orElseThrow());
            answer = Optional.of(made.sdp());
            leg.agreed(made.audio(), true);
        }));
    }

    @Override
    public void ring() {
        if (!reliable) {
            exchange.respond(established(180));
        } else if (offer.isPresent() || early != EarlySdp.NONE) {
            provisionals.send(established(180));
        } else if (leg.local().isPresent()) {
            sendEarly(
                    180,
                    ownOffer()); // RFC 3262 section 5: the first reliable response holds the offer that the INVITE has
            // not
        }
    }

    // Without PRACK an offer cannot stand in a provisional response (RFC 3262 section 5): then it only rings.
    @Override
    public void earlyMedia() {
        if (early != EarlySdp.NONE) {
            return;
        }
        if (reliable && leg.local().isPresent()) {
            sendEarly(183, answer.orElseGet(this::ownOffer));
        } else if (answer.isPresent()) {
            exchange.respond(established(183).withBody(SDP, answer.get()));
        } else {
            ring();
        }
    }

    @Override
    public void answer() {
        if (leg.local().isEmpty()) {
            throw new IllegalStateException("answer() before audio()");
        }
        answering = true;
        if (provisionals.isSdpUnacknowledged()) {
            return; // RFC 3262 section 3: the 200 waits for the PRACK
        }
        provisionals.stop();
        Response ok = established(200).with("Allow", leg.line().allow());
        // What was agreed by 183 and PRACK stands; SDP in the 200 would be an offer too many (RFC 6337 section 2.2).
        Response full = early == EarlySdp.AGREED ? ok : ok.withBody(SDP, answer.orElseGet(this::ownOffer));
        boolean answerInAck = offer.isEmpty() && early != EarlySdp.AGREED;
        Talking.startCalled(leg, dialog, invite, exchange, full, answerInAck, provisionals::acknowledgedBy);
        if (!answerInAck) {
            leg.tell(SipLegListener::answered);
        }
    }

    @Override
    public void reject(int status, int q850) {
        refuse(status, q850, Ends.rejectedByUs(status, q850));
    }

    @Override
    public void hangUp(int q850) {
        reject(480, q850);
    }

    @Override
    public void onCancel(Request cancel, ServerExchange cancelExchange) {
        cancelExchange.respond(leg.respond(cancel, 200));
        refuse(487, 0, Ends.cancelled(SipEnd.By.REMOTE, Q850.of(cancel)));
    }

    @Override
    public void onRequest(Request request, ServerExchange inDialog) {
        if (request.is("UPDATE") && early == EarlySdp.AGREED) {
            InDialog.update(leg, dialog, request, inDialog);
            return;
        }
        if (!dialog.accepts(request)) {
            inDialog.respond(InDialog.late(leg, request));
            return;
        }
        switch (request.method()) {
            case "INVITE", "UPDATE" ->
                // RFC 3261 section 14.2, RFC 3311 section 5.2: our answer to the first offer is still to come.
                inDialog.respond(leg.respond(request, 500).with("Retry-After", "2"));
            case "PRACK" -> onPrack(request, inDialog);
            case "BYE" -> {
                // RFC 3261 section 15: the caller may end an early dialog so.
                inDialog.respond(leg.respond(request, 200));
                refuse(487, 0, Ends.cancelled(SipEnd.By.REMOTE, Q850.of(request)));
            }
            default -> InDialog.answer(leg, request, inDialog);
        }
    }

    private void onPrack(Request prack, ServerExchange inDialog) {
        boolean heldSdp = provisionals.isSdpOut();
        if (!provisionals.acknowledgedBy(prack)) {
            inDialog.respond(leg.respond(prack, 481)); // RFC 3262 section 3
            return;
        }
        if (heldSdp && offer.isEmpty()) {
            takeAnswer(prack, inDialog);
        } else {
            early = heldSdp ? EarlySdp.AGREED : early;
            inDialog.respond(prackOk(prack));
        }
        if (leg.is(this)) {
            provisionals.sendNext();
            if (answering) {
                answer();
            }
        }
    }

    /** An offer in a PRACK is in order once the first one is through (RFC 3262 section 5). */
    private Response prackOk(Request prack) {
        Optional<String> next = prack.body(SDP);
        if (next.isEmpty()) {
            return leg.respond(prack, 200);
        }
        return early == EarlySdp.AGREED
                ? InDialog.accept(leg, dialog, prack, next.get(), true)
                : leg.respond(prack, 488);
    }

    private void takeAnswer(Request prack, ServerExchange inDialog) {
        try {
            String sdp = prack.body(SDP).orElseThrow(() -> new SdpException("the PRACK brings no answer"));
            leg.agreed(leg.media().onAnswer(sdp), true);
            early = EarlySdp.AGREED;
            inDialog.respond(leg.respond(prack, 200));
        } catch (SdpException e) {
            leg.parts().drops().count(Drop.BAD_SDP, e.getMessage());
            decline(prack, inDialog, Ends.badSdp(e));
        } catch (NoCommonCodec e) {
            decline(prack, inDialog, Ends.noCommonCodec(e.getMessage()));
        }
    }

    private void decline(Request prack, ServerExchange inDialog, SipEnd end) {
        inDialog.respond(leg.respond(prack, 488));
        refuse(488, 0, end);
    }

    private void sendEarly(int status, String sdp) {
        early = EarlySdp.SENT;
        provisionals.send(established(status).withBody(SDP, sdp));
    }

    private String ownOffer() {
        return leg.media().offer(leg.local().orElseThrow(), MediaDirection.SENDRECV);
    }

    private Response established(int status) {
        return leg.respond(invite, status).with(List.of(dialog.contact()));
    }

    private void refuse(int status, int q850, SipEnd end) {
        provisionals.stop();
        Response refusal = leg.respond(invite, status).with(Q850.header(q850));
        // RFC 3261 section 21.5.4: without it a 503 counts as 500, which need not be tried elsewhere.
        exchange.respond(status == 503 ? refusal.with("Retry-After", AGAIN_SECONDS) : refusal);
        Over.at(leg, end);
    }
}
