package io.copperline.sip;

import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.TrunkOfferAnswer;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The requests within a dialog that are answered alike in every state. */
final class InDialog {
    private static final Set<String> KNOWN = Set.of("REFER", "NOTIFY", "SUBSCRIBE", "MESSAGE", "PUBLISH", "REGISTER");

    private InDialog() {}

    /** Answers OPTIONS, INFO and what we do not do. */
    static void answer(Leg leg, Request request, ServerExchange exchange) {
        switch (request.method()) {
            case "OPTIONS" -> exchange.respond(options(leg.respond(request, 200), leg.line()));
            case "INFO" -> info(leg, request, exchange);
            case "PRACK" -> exchange.respond(leg.respond(request, 481)); // RFC 3262 section 3: for nothing of ours
            case "NOTIFY" -> exchange.respond(badEvent(leg.respond(request, unsubscribed(request))));
            default ->
                exchange.respond(leg.respond(request, status(request))
                        .with("Allow", leg.line().allow()));
        }
    }

    /**
     * Our 200 to a request with an offer. An offer that cannot be met is refused by 488 and changes nothing (RFC 3261
     * section 14.2).
     */
    static Response accept(Leg leg, Dialog dialog, Request request, String offer, boolean early) {
        try {
            TrunkOfferAnswer.Answer answer =
                    leg.media().onOffer(offer, leg.local().orElseThrow());
            leg.agreed(answer.audio(), early);
            return established(leg, dialog, request).withBody("application/sdp", answer.sdp());
        } catch (SdpException | NoCommonCodec e) {
            leg.parts().drops().count(Drop.BAD_SDP, e.getMessage());
            return leg.respond(request, 488);
        }
    }

    /** Answers an UPDATE in an early dialog whose first offer has its answer (RFC 3311 section 5.2). */
    static void update(Leg leg, Dialog early, Request update, ServerExchange exchange) {
        if (!early.accepts(update)) {
            exchange.respond(late(leg, update));
            return;
        }
        Response response = update.body("application/sdp")
                .map(offer -> accept(leg, early, update, offer, true))
                .orElseGet(() -> established(leg, early, update));
        if (response.isSuccess()) {
            early.refreshTarget(update);
        }
        exchange.respond(response);
    }

    /** The start of a 200 to what refreshes a dialog's target. */
    static Response established(Leg leg, Dialog dialog, Request request) {
        return leg.respond(request, 200)
                .with(List.of(dialog.contact()))
                .with("Allow", leg.line().allow());
    }

    /** A request that comes out of order (RFC 3261 section 12.2.2). */
    static Response late(Leg leg, Request request) {
        return leg.respond(request, 500).with("Retry-After", "1");
    }

    /** What OPTIONS wants to know (RFC 3261 section 11.2). */
    static Response options(Response ok, Line line) {
        return ok.with("Allow", line.allow())
                .with("Accept", "application/sdp, " + InfoDtmf.RELAY + ", " + InfoDtmf.PLAIN);
    }

    /** Why a method is refused: we know it and do not do it, or have never heard of it (RFC 3261 sections 21.4.6, 21.5.2). */
    static int status(Request request) {
        boolean known = KNOWN.contains(request.method()) || OwnName.ALLOW.contains(request.method());
        return known ? 405 : 501;
    }

    /** The status of a NOTIFY that nobody waits for: of an event that we do not know, or of no subscription (RFC 6665 section 4.1.3). */
    static int unsubscribed(Request notify) {
        return OwnRefer.isRefer(notify) ? 481 : 489;
    }

    static Response badEvent(Response refusal) {
        return refusal.with("Allow-Events", "refer");
    }

    static Response refusal(Response refusal) {
        return refusal.with("Allow", OwnName.ALLOW);
    }

    // RFC 6086 section 4.2.2, for the time before info packages: what DTMF by INFO is.
    private static void info(Leg leg, Request request, ServerExchange exchange) {
        Optional<InfoDtmf> digit = InfoDtmf.of(request);
        digit.ifPresent(found -> leg.tell(who -> who.dtmf(found.digit(), found.durationMillis())));
        if (digit.isPresent() || request.body().isEmpty()) {
            exchange.respond(leg.respond(request, 200));
        } else {
            exchange.respond(leg.respond(request, 415).with("Accept", InfoDtmf.RELAY + ", " + InfoDtmf.PLAIN));
        }
    }
}
