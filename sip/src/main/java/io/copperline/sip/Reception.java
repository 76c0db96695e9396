package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.SipUri;
import io.copperline.sip.wire.Source;
import io.copperline.sip.wire.WireListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what comes in to the leg it is for, or makes a new one of it. Runs on the stack's threads and decides nothing slow. */
final class Reception implements WireListener {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private static final int CALL_REJECTED = 21; // Q.850
    private static final String BUSY_SECONDS = "5";
    private static final String GONE_SECONDS = "30";

    private final LegParts parts;
    private final List<Trunk> trunks;
    private final IncomingCalls calls;
    private final String userAgent;
    private volatile boolean closing;

    Reception(LegParts parts, List<Trunk> trunks, IncomingCalls calls, String userAgent) {
        this.parts = parts;
        this.trunks = trunks;
        this.calls = calls;
        this.userAgent = userAgent;
    }

    /** No new calls from now on. */
    void close() {
        closing = true;
    }

    @Override
    public boolean knows(Source source) {
        return trunk(source).isPresent();
    }

    @Override
    public void onRequest(Source source, Request request, ServerExchange exchange) {
        if (request.is("CANCEL")) {
            cancel(request, exchange);
        } else if (!request.toTag().isEmpty()) {
            inDialog(request, exchange);
        } else if (request.is("INVITE")) {
            newCall(source, request, exchange);
        } else if (request.is("OPTIONS")) {
            options(source, request, exchange);
        } else if (request.is("BYE") || request.is("INFO") || request.is("UPDATE") || request.is("PRACK")) {
            exchange.respond(refusal(request, 481));
        } else if (request.is("NOTIFY")) {
            exchange.respond(InDialog.badEvent(refusal(request, InDialog.unsubscribed(request))));
        } else {
            exchange.respond(InDialog.refusal(refusal(request, InDialog.status(request))));
        }
    }

    @Override
    public void onAck(Source source, Request ack) {
        parts.legs().byOurTag(ack.callId(), ack.toTag()).ifPresent(leg -> leg.onAck(ack));
    }

    @Override
    public void onConnectionEnded(InetSocketAddress peer, SipTransport transport) {
        trunks.forEach(trunk -> trunk.onConnectionEnded(peer, transport));
    }

    @Override
    public void onStrayResponse(Source source, Response response) {
        Optional<Leg> leg = parts.legs().byOurTag(response.callId(), response.fromTag());
        if (leg.isPresent()) {
            leg.get().onStrayResponse(response);
        } else {
            parts.drops().count(Drop.STRAY, response.status() + " to " + response.cseqMethod());
        }
    }

    private void cancel(Request cancel, ServerExchange exchange) {
        parts.legs()
                .byTheirTag(cancel.callId(), cancel.fromTag())
                .ifPresentOrElse(leg -> leg.onCancel(cancel, exchange), () -> exchange.respond(refusal(cancel, 481)));
    }

    private void inDialog(Request request, ServerExchange exchange) {
        Optional<Leg> leg = parts.legs().byOurTag(request.callId(), request.toTag());
        if (leg.isPresent()) {
            leg.get().onRequest(request, exchange);
        } else {
            parts.drops().count(Drop.STRAY, request.method());
            exchange.respond(refusal(request, 481));
        }
    }

    private void options(Source source, Request request, ServerExchange exchange) {
        Optional<Trunk> trunk = trunk(source);
        if (closing || calls.readiness() == Readiness.CLOSING || trunk.isEmpty()) {
            exchange.respond(refusal(request, 503).with("Retry-After", GONE_SECONDS));
            return;
        }
        Optional<Response> objection =
                objection(request, trunk.get().settings().dialogs().supported());
        if (objection.isPresent()) {
            exchange.respond(objection.get());
            return;
        }
        exchange.respond(InDialog.options(refusal(request, 200), trunk.get().line()));
    }

    private void newCall(Source source, Request invite, ServerExchange exchange) {
        Optional<Trunk> trunk = trunk(source);
        Readiness readiness = closing || trunk.isEmpty() ? Readiness.CLOSING : calls.readiness();
        Optional<Response> refusal = switch (readiness) {
            case OPEN -> objection(invite, trunk.orElseThrow().settings().dialogs());
            case BUSY -> busy(invite);
            case CLOSING -> Optional.of(refusal(invite, 503).with("Retry-After", GONE_SECONDS));
        };
        if (refusal.isPresent()) {
            exchange.respond(refusal.get());
            return;
        }
        Optional<Leg> replaced = Optional.empty();
        Optional<Replaces> replaces = invite.headers().first("Replaces").flatMap(Replaces::parse);
        if (replaces.isPresent()) {
            replaced = replaced(replaces.get(), trunk.get());
            if (replaced.isEmpty()) {
                exchange.respond(refusal(invite, 481)); // RFC 3891 section 3
                return;
            }
        }
        OwnerDoor door = new OwnerDoor();
        Leg leg = Leg.incoming(trunk.get().parts(), trunk.get().lineCalled(user(invite)), door, invite, exchange);
        if (!parts.legs().addIncoming(leg, invite.fromTag())) {
            exchange.respond(refusal(invite, 482)); // RFC 3261 section 8.2.2.2: the same call by two ways
            return;
        }
        exchange.respond(Response.to(invite, 100, ""));
        if (replaced.isPresent()) {
            replaced.get().onReplaces(replaces.orElseThrow(), new Arrival(leg, door, invite, Optional.empty()));
            return;
        }
        StirSettings stir = trunk.get().settings().stir();
        parts.stir().check(trunk.get().name(), invite, verdict -> offer(new Arrival(leg, door, invite, verdict), stir));
    }

    private void offer(Arrival arrival, StirSettings stir) {
        Optional<Integer> refusal = arrival.verdict().flatMap(verdict -> Stir.refusal(stir, verdict));
        if (refusal.isPresent()) {
            arrival.refuse(refusal.get(), CALL_REJECTED);
            return;
        }
        try {
            calls.incoming(arrival);
        } catch (RuntimeException e) {
            LOG.error("An incoming call could not be offered", e);
            arrival.refuse(500, 0);
        }
    }

    /** The leg whose place an INVITE wants: of the same carrier, or another could take our calls over. */
    private Optional<Leg> replaced(Replaces replaces, Trunk trunk) {
        return parts.legs()
                .byOurTag(replaces.callId(), replaces.toTag())
                .filter(leg -> leg.line().settings().name().equals(trunk.name()));
    }

    private Optional<Response> busy(Request invite) {
        parts.drops().count(Drop.OVERLOAD, "an INVITE");
        return Optional.of(refusal(invite, 503).with("Retry-After", BUSY_SECONDS)); // RFC 3261 section 21.5.4
    }

    /** What is wrong with an INVITE before anyone looks at its SDP (RFC 3261 section 8.2). */
    private Optional<Response> objection(Request invite, DialogSettings settings) {
        if (invite.cseq() < 0 || invite.fromTag().isEmpty() || invite.contact().isEmpty()) {
            return Optional.of(refusal(invite, 400));
        }
        Optional<Response> general = objection(invite, settings.supported());
        if (general.isPresent()) {
            return general;
        }
        if (settings.prack() == Prack.REQUIRED && !OptionTags.supports(invite, OptionTags.RELIABLE)) {
            return Optional.of(refusal(invite, 421).with("Require", OptionTags.RELIABLE));
        }
        List<String> replaces = invite.headers().all("Replaces");
        if (replaces.size() > 1
                || replaces.size() == 1 && Replaces.parse(replaces.getFirst()).isEmpty()) {
            return Optional.of(refusal(invite, 400)); // RFC 3891 section 3
        }
        if (!invite.body().isEmpty() && invite.body("application/sdp").isEmpty()) {
            return Optional.of(refusal(invite, 415).with("Accept", "application/sdp"));
        }
        return new SessionTerms(settings).objection(invite, refusal(invite, 422));
    }

    /** What is wrong with any request that begins something. */
    private Optional<Response> objection(Request request, Collection<String> supported) {
        if (SipUri.parse(request.uri()).isEmpty()) {
            return Optional.of(refusal(request, 416));
        }
        if (request.headers()
                .first("Max-Forwards")
                .filter(hops -> hops.strip().equals("0"))
                .isPresent()) {
            // Section 16.3 is for proxies, but what has wandered this far is going in circles.
            return Optional.of(refusal(request, 483));
        }
        List<String> unsupported = new ArrayList<>(OptionTags.of(request, "Require"));
        unsupported.removeAll(supported);
        return unsupported.isEmpty()
                ? Optional.empty()
                : Optional.of(refusal(request, 420).with("Unsupported", String.join(", ", unsupported)));
    }

    private Response refusal(Request request, int status) {
        return Response.to(request, status, parts.tokens().token()).with("Server", userAgent);
    }

    private static String user(Request invite) {
        return SipUri.parse(invite.uri()).map(SipUri::user).orElse("");
    }

    private Optional<Trunk> trunk(Source source) {
        return trunks.stream()
                .filter(trunk -> trunk.match(source) > 0)
                .max(Comparator.comparingInt((Trunk trunk) -> trunk.match(source))
                        .thenComparingInt(trunk -> -trunks.indexOf(trunk)));
    }
}
