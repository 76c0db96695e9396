package io.copperline.sip;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.TrunkOfferAnswer;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.util.Optional;

/** The peer's INVITE waits for our final response (RFC 3261 section 13.3). */
final class Offered implements LegState {
    private static final String SDP = "application/sdp";

    private final Leg leg;
    private final Request invite;
    private final ServerExchange exchange;
    private final Dialog dialog;
    private final Optional<String> offer;
    private Optional<String> answer = Optional.empty();

    private Offered(Leg leg, Request invite, ServerExchange exchange) {
        this.leg = leg;
        this.invite = invite;
        this.exchange = exchange;
        this.dialog = Dialog.ofCalled(leg.line(), invite, leg.localTag());
        this.offer = invite.body(SDP);
    }

    static void start(Leg leg, Request invite, ServerExchange exchange) {
        leg.become(new Offered(leg, invite, exchange));
    }

    /** With an offer at hand, our audio decides the outcome. Without one, ours goes out with the answer. */
    @Override
    public void audio() {
        if (offer.isEmpty()) {
            return;
        }
        try {
            TrunkOfferAnswer.Answer made =
                    leg.media().onOffer(offer.get(), leg.local().orElseThrow());
            answer = Optional.of(made.sdp());
            leg.agreed(made.audio(), true);
        } catch (SdpException e) {
            leg.parts().drops().count(Drop.BAD_SDP, e.getMessage());
            refuse(488, 0, Ends.badSdp(e.getMessage()));
        } catch (NoCommonCodec e) {
            refuse(488, 0, Ends.noCommonCodec(e.getMessage()));
        }
    }

    @Override
    public void ring() {
        exchange.respond(established(180));
    }

    // Without PRACK an offer cannot stand in a provisional response (RFC 3262 section 5): then it only rings.
    @Override
    public void earlyMedia() {
        if (answer.isPresent()) {
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
        String sdp = answer.orElseGet(() -> leg.media().offer(leg.local().get(), MediaDirection.SENDRECV));
        Response ok = established(200).with("Allow", OwnName.ALLOW).withBody(SDP, sdp);
        Talking.startCalled(leg, dialog, invite, exchange, ok, offer.isEmpty());
        if (offer.isPresent()) {
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
        switch (request.method()) {
            case "INVITE", "UPDATE" ->
                // RFC 3261 section 14.2, RFC 3311 section 5.2: our answer to the first offer is still to come.
                inDialog.respond(leg.respond(request, 500).with("Retry-After", "2"));
            case "BYE" -> {
                // RFC 3261 section 15: the caller may end an early dialog so.
                inDialog.respond(leg.respond(request, 200));
                refuse(487, 0, Ends.cancelled(SipEnd.By.REMOTE, Q850.of(request)));
            }
            default -> InDialog.answer(leg, request, inDialog);
        }
    }

    private Response established(int status) {
        return leg.respond(invite, status).with(java.util.List.of(dialog.contact()));
    }

    private void refuse(int status, int q850, SipEnd end) {
        exchange.respond(leg.respond(invite, status).with(Q850.header(q850)));
        Over.at(leg, end);
    }
}
