package io.copperline.sip;

import io.copperline.sip.location.CallerLocation;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the INVITE of an outgoing call, once and again with credentials. */
final class InviteWriter {
    private static final Logger LOG = LoggerFactory.getLogger(InviteWriter.class);

    /** RFC 5031 section 4.2. */
    private static final String SERVICE = "urn:service:sos";

    private final Leg leg;
    private final OutgoingCall call;
    private final SessionTerms terms;
    private final String offer;
    private final CallerWriter caller;
    private Optional<CallerLocation> location;
    private long cseq;

    InviteWriter(Leg leg, OutgoingCall call, SessionTerms terms, String offer) {
        this.leg = leg;
        this.call = call;
        this.terms = terms;
        this.offer = offer;
        this.caller = new CallerWriter(leg.line(), call);
        this.location = call.emergency()
                .filter(_ -> leg.line().settings().emergency().location())
                .flatMap(Emergency::location);
    }

    Request write(List<Header> credentials) {
        cseq++;
        OwnName own = leg.line().own();
        TrunkSettings settings = leg.line().settings();
        Onward onward = call.onward();
        String uri = onward.uri().orElseGet(this::called);
        List<Header> headers = new ArrayList<>();
        headers.add(own.via());
        headers.add(new Header("Max-Forwards", "" + onward.maxForwards()));
        headers.addAll(leg.line().route());
        headers.add(new Header("From", caller.from() + ";tag=" + leg.localTag()));
        headers.add(new Header("To", "<" + uri + ">"));
        headers.add(new Header("Call-ID", leg.sipCallId()));
        headers.add(new Header("CSeq", cseq + " INVITE"));
        headers.add(own.contact(caller.contactUser()));
        headers.addAll(caller.headers(uri));
        headers.addAll(settings.headers().outgoing(call.headers()));
        if (!uri.equals(SERVICE)) { // a signature is for the number that is called
            leg.parts()
                    .stir()
                    .identity(settings.name(), call)
                    .ifPresent(signed -> headers.add(new Header("Identity", signed)));
        }
        headers.add(new Header("Allow", leg.line().allow()));
        headers.add(new Header("User-Agent", own.userAgent()));
        headers.addAll(extensions(settings.dialogs()));
        headers.addAll(terms.ask(Optional.empty()));
        onward.replaces().ifPresent(replaces -> headers.add(replaces.header()));
        onward.referredBy().ifPresent(who -> headers.add(new Header("Referred-By", who)));
        headers.addAll(credentials);
        Request invite = new Request("INVITE", uri, new Headers(headers), offer);
        return location.map(where -> located(invite, where))
                .orElseGet(() -> invite.with("Content-Type", "application/sdp"));
    }

    private String called() {
        if (call.emergency().isEmpty()) {
            return leg.line().uri(call.form().apply(call.to()));
        }
        return leg.line().settings().emergency().service()
                ? SERVICE
                : leg.line().plainUri(call.to());
    }

    private Request located(Request invite, CallerLocation where) {
        String host = leg.line().own().host();
        return Geolocation.in(
                invite,
                where,
                leg.localTag(),
                host,
                caller.entity(),
                call.emergency().orElseThrow().begun());
    }

    /**
     * Whether the carrier has refused the call for the location in it, which must not keep anybody from help: then it is written
     * without from now on.
     */
    boolean leavesLocationOut(Response refusal) {
        // RFC 6442 section 4.3: 424; RFC 5621 section 3.3: 415 to a body of several parts
        if (location.isEmpty() || refusal.status() != 424 && refusal.status() != 415) {
            return false;
        }
        LOG.warn(
                "Trunk {} takes no location with an emergency call (SIP {}): it goes without",
                leg.line().settings().name(),
                refusal.status());
        location = Optional.empty();
        return true;
    }

    private static List<Header> extensions(DialogSettings dialogs) {
        List<Header> headers = new ArrayList<>();
        List<String> supported = new ArrayList<>(dialogs.supported());
        supported.add(OptionTags.EARLY_DIALOG_TERMINATED);
        headers.add(new Header("Supported", String.join(", ", supported)));
        headers.add(new Header("P-Early-Media", "supported")); // RFC 5009 section 8
        if (dialogs.prack() == Prack.REQUIRED) {
            headers.add(new Header("Require", OptionTags.RELIABLE));
        }
        return headers;
    }
}
