package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import java.util.Optional;
import java.util.Set;

/** The requests within a dialog that are answered alike in every state. */
final class InDialog {
    private static final Set<String> KNOWN =
            Set.of("PRACK", "REFER", "NOTIFY", "SUBSCRIBE", "MESSAGE", "PUBLISH", "REGISTER");

    private InDialog() {}

    /** Answers OPTIONS, INFO and what we do not do. */
    static void answer(Leg leg, Request request, ServerExchange exchange) {
        switch (request.method()) {
            case "OPTIONS" ->
                exchange.respond(options(leg.respond(request, 200), leg.line().own()));
            case "INFO" -> info(leg, request, exchange);
            default -> exchange.respond(refusal(leg.respond(request, status(request))));
        }
    }

    /** What OPTIONS wants to know (RFC 3261 section 11.2). */
    static Response options(Response ok, OwnName own) {
        return ok.with("Allow", OwnName.ALLOW)
                .with("Accept", "application/sdp, " + InfoDtmf.RELAY + ", " + InfoDtmf.PLAIN);
    }

    /** Why a method is refused: we know it and do not do it, or have never heard of it (RFC 3261 sections 21.4.6, 21.5.2). */
    static int status(Request request) {
        boolean known = KNOWN.contains(request.method()) || OwnName.ALLOW.contains(request.method());
        return known ? 405 : 501;
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
