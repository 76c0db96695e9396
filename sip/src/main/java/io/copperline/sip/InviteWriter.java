package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the INVITE of an outgoing call, once and again with credentials. */
final class InviteWriter {
    private final Leg leg;
    private final OutgoingCall call;
    private final SessionTerms terms;
    private final String offer;
    private final CallerWriter caller;
    private long cseq;

    InviteWriter(Leg leg, OutgoingCall call, SessionTerms terms, String offer) {
        this.leg = leg;
        this.call = call;
        this.terms = terms;
        this.offer = offer;
        this.caller = new CallerWriter(leg.line(), call);
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
        leg.parts()
                .stir()
                .identity(settings.name(), call)
                .ifPresent(signed -> headers.add(new Header("Identity", signed)));
        headers.add(new Header("Allow", leg.line().allow()));
        headers.add(new Header("User-Agent", own.userAgent()));
        headers.addAll(extensions(settings.dialogs()));
        headers.addAll(terms.ask(Optional.empty()));
        onward.replaces().ifPresent(replaces -> headers.add(replaces.header()));
        onward.referredBy().ifPresent(who -> headers.add(new Header("Referred-By", who)));
        headers.addAll(credentials);
        headers.add(new Header("Content-Type", "application/sdp"));
        return new Request("INVITE", uri, new Headers(headers), offer);
    }

    private String called() {
        return call.asDialled()
                ? leg.line().plainUri(call.to())
                : leg.line().uri(call.form().apply(call.to()));
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
