package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the INVITE of an outgoing call, once and again with credentials. */
final class InviteWriter {
    private final Leg leg;
    private final OutgoingCall call;
    private final String offer;
    private long cseq;

    InviteWriter(Leg leg, OutgoingCall call, String offer) {
        this.leg = leg;
        this.call = call;
        this.offer = offer;
    }

    Request write(List<Header> credentials) {
        cseq++;
        OwnName own = leg.line().own();
        TrunkSettings settings = leg.line().settings();
        String uri = leg.line().uri(call.to());
        List<Header> headers = new ArrayList<>();
        headers.add(own.via());
        headers.add(new Header("Max-Forwards", "70"));
        headers.addAll(leg.line().route());
        headers.add(new Header("From", from(settings, own) + ";tag=" + leg.localTag()));
        headers.add(new Header("To", "<" + uri + ">"));
        headers.add(new Header("Call-ID", leg.sipCallId()));
        headers.add(new Header("CSeq", cseq + " INVITE"));
        headers.add(own.contact(fromUser(settings)));
        headers.addAll(identity(settings, own));
        headers.addAll(own.abilities());
        headers.addAll(credentials);
        headers.add(new Header("Content-Type", "application/sdp"));
        return new Request("INVITE", uri, new Headers(headers), offer);
    }

    private String from(TrunkSettings settings, OwnName own) {
        String name =
                call.displayName().map(text -> NameAddress.quote(text) + " ").orElse("");
        if (fromUser(settings).isEmpty()) {
            return "\"Anonymous\" <sip:anonymous@anonymous.invalid>"; // RFC 3323 section 4.1
        }
        return name + "<" + address(fromUser(settings), settings, own) + ">";
    }

    /** The account where the carrier wants to see it in From, otherwise the caller. */
    private String fromUser(TrunkSettings settings) {
        return settings.fromUser().or(settings::username).orElse(call.from());
    }

    // RFC 3325: with the account in From, the caller is in P-Asserted-Identity; a withheld number is in neither.
    private List<Header> identity(TrunkSettings settings, OwnName own) {
        boolean account = settings.fromUser().isPresent() || settings.username().isPresent();
        if (call.from().isEmpty()) {
            return List.of(new Header("Privacy", "id"));
        }
        if (!account) {
            return List.of();
        }
        Optional<String> name = call.displayName().map(text -> NameAddress.quote(text) + " ");
        String identity = name.orElse("") + "<" + address(call.from(), settings, own) + ">";
        return List.of(new Header("P-Asserted-Identity", identity));
    }

    private static String address(String user, TrunkSettings settings, OwnName own) {
        // An account belongs to the carrier's domain; a bare number speaks for the place it comes from.
        String host = settings.username().isPresent() ? settings.host() : own.host();
        return "sip:" + OwnName.escape(user) + "@" + OwnName.bracketed(host);
    }
}
