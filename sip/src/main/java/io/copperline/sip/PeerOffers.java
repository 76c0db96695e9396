package io.copperline.sip;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.util.Optional;

/**
 * The peer's re-INVITE and UPDATE, answered on this leg alone: hold, resume, a new address or codec, or a mere sign of life
 * (RFC 3261 section 14.2, RFC 3311).
 */
final class PeerOffers {
    private static final String SDP = "application/sdp";

    private final Leg leg;
    private final Talking talking;
    private final Dialog dialog;
    private final SessionTimer session;
    private Optional<UnackedOk> unacked = Optional.empty();
    private boolean answerInAck;

    PeerOffers(Leg leg, Talking talking, Dialog dialog, SessionTimer session) {
        this.leg = leg;
        this.talking = talking;
        this.dialog = dialog;
        this.session = session;
    }

    void onInvite(Request invite, ServerExchange exchange, boolean oursPending) {
        if (oursPending || unacked.isPresent()) {
            exchange.respond(leg.respond(invite, 491)); // glare: both of us offer (RFC 3261 section 14.2)
            return;
        }
        if (objected(invite, exchange)) {
            return;
        }
        Optional<String> offer = invite.body(SDP);
        Optional<Response> ok =
                offer.isPresent() ? answer(invite, offer.get(), exchange) : Optional.of(fullOffer(invite));
        if (ok.isPresent()) {
            dialog.refreshTarget(invite);
            answerInAck = offer.isEmpty();
            Response granted = ok.get().with(session.grant(invite));
            unacked = Optional.of(UnackedOk.send(leg, talking, exchange, granted, () -> talking.lost("no ACK")));
        }
    }

    void onUpdate(Request update, ServerExchange exchange, boolean oursPending) {
        Optional<String> offer = update.body(SDP);
        if (offer.isPresent() && (oursPending || answerInAck)) {
            exchange.respond(leg.respond(update, 491)); // RFC 3311 section 5.2
            return;
        }
        if (objected(update, exchange)) {
            return;
        }
        Optional<Response> ok = offer.isPresent()
                ? answer(update, offer.get(), exchange)
                : Optional.of(InDialog.established(leg, dialog, update));
        if (ok.isPresent()) {
            dialog.refreshTarget(update);
            exchange.respond(ok.get().with(session.grant(update)));
        }
    }

    void onAck(Request ack) {
        if (unacked.isEmpty() || !unacked.get().acknowledgedBy(ack)) {
            return;
        }
        unacked = Optional.empty();
        if (answerInAck) {
            answerInAck = false;
            ack.body(SDP).ifPresentOrElse(this::takeAnswer, leg.media()::rollback);
        }
    }

    void stop() {
        unacked.ifPresent(UnackedOk::stop);
    }

    private boolean objected(Request request, ServerExchange exchange) {
        Optional<Response> objection = session.objection(request);
        objection.ifPresent(exchange::respond);
        return objection.isPresent();
    }

    private Optional<Response> answer(Request request, String offer, ServerExchange exchange) {
        Response response = InDialog.accept(leg, dialog, request, offer, false);
        if (response.isSuccess()) {
            return Optional.of(response);
        }
        exchange.respond(response);
        return Optional.empty();
    }

    // Without an offer of theirs the 200 holds a full one of ours; while we hold the peer it says so.
    private Response fullOffer(Request invite) {
        boolean holding = talking.isHolding();
        MediaDirection direction = holding ? MediaDirection.SENDONLY : MediaDirection.SENDRECV;
        return InDialog.established(leg, dialog, invite)
                .withBody(SDP, leg.media().offer(leg.local().orElseThrow(), direction));
    }

    private void takeAnswer(String sdp) {
        try {
            leg.agreed(leg.media().onAnswer(sdp), false);
        } catch (SdpException | NoCommonCodec e) {
            leg.parts().drops().count(Drop.BAD_SDP, e.getMessage());
            leg.media().rollback();
        }
    }
}
