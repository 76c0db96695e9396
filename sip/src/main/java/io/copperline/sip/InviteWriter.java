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
    private final SessionTerms terms;
    private final String offer;
    private long cseq;

    InviteWriter(Leg leg, OutgoingCall call, SessionTerms terms, String offer) {
        this.leg = leg;
        this.call = call;
        this.terms = terms;
        this.offer = offer;
    }

    Request write(List<Header> credentials) {
        cseq++;
        OwnName own = leg.line().own();
        TrunkSettings settings = leg.line().settings();
        String uri =
                call.asDialled() ? leg.line().plainUri(call.to()) : leg.line().uri(call.to());
        List<Header> headers = new ArrayList<>();
        headers.add(own.via());
        headers.add(new Header("Max-Forwards", "70"));
        headers.addAll(leg.line().route());
        headers.add(new Header("From", from(settings, own) + ";tag=" + leg.localTag()));
        headers.add(new Header("To", "<" + uri + ">"));
        headers.add(new Header("Call-ID", leg.sipCallId()));
        headers.add(new Header("CSeq", cseq + " INVITE"));
        headers.add(own.contact(contactUser(settings)));
        headers.addAll(identity(settings, own));
        headers.addAll(own.abilities());
        headers.addAll(extensions(settings.dialogs()));
        headers.addAll(terms.ask(Optional.empty()));
        headers.addAll(credentials);
        headers.add(new Header("Content-Type", "application/sdp"));
        return new Request("INVITE", uri, new Headers(headers), offer);
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

    private String from(TrunkSettings settings, OwnName own) {
        Optional<String> account = account(settings);
        if (account.isPresent()) {
            // Whose account it is the carrier must see; the name is the caller's, and hidden with him.
            return (call.withheld() ? "" : name()) + "<" + address(account.get(), settings, own) + ">";
        }
        if (call.withheld() || call.from().isEmpty()) {
            return "\"Anonymous\" <sip:anonymous@anonymous.invalid>"; // RFC 3323 section 4.1
        }
        return name() + "<" + number(settings, own) + ">";
    }

    private String name() {
        return call.displayName().map(text -> NameAddress.quote(text) + " ").orElse("");
    }

    /** What stands in From in place of the caller. */
    private static Optional<String> account(TrunkSettings settings) {
        TrunkIdentity identity = settings.identity();
        return identity.from() == TrunkIdentity.From.CALLER
                ? Optional.empty()
                : identity.fromUser().or(settings::username);
    }

    private String contactUser(TrunkSettings settings) {
        return account(settings)
                .orElse(call.withheld() ? "" : settings.identity().written(call.from()));
    }

    /** Who calls, as far as the carrier may know: with the wish to hide it, where it is withheld (RFC 3323, RFC 3325). */
    private List<Header> identity(TrunkSettings settings, OwnName own) {
        List<Header> headers = new ArrayList<>();
        boolean hidden = call.withheld() || call.from().isEmpty();
        List<CallerHeader> asked = settings.identity().callerHeaders();
        boolean needed = !asked.isEmpty() || account(settings).isPresent() || hidden;
        if (needed && !call.from().isEmpty()) {
            String caller = name() + "<" + number(settings, own) + ">";
            for (CallerHeader header : asked.isEmpty() ? List.of(CallerHeader.P_ASSERTED_IDENTITY) : asked) {
                headers.add(identity(header, caller));
            }
        }
        if (hidden) {
            headers.add(new Header("Privacy", "id"));
        }
        return headers;
    }

    private Header identity(CallerHeader header, String caller) {
        return switch (header) {
            case P_ASSERTED_IDENTITY -> new Header("P-Asserted-Identity", caller);
            case P_PREFERRED_IDENTITY -> new Header("P-Preferred-Identity", caller);
            case REMOTE_PARTY_ID -> {
                String privacy = call.withheld() ? "full" : "off";
                yield new Header("Remote-Party-ID", caller + ";party=calling;screen=yes;privacy=" + privacy);
            }
        };
    }

    private String number(TrunkSettings settings, OwnName own) {
        String phone = settings.identity().userPhone() ? ";user=phone" : "";
        return address(settings.identity().written(call.from()), settings, own) + phone;
    }

    private static String address(String user, TrunkSettings settings, OwnName own) {
        // An account belongs to the carrier's domain; a bare number speaks for the place it comes from.
        String host = settings.username().isPresent() ? settings.host() : own.host();
        return "sip:" + OwnName.escape(user) + "@" + OwnName.bracketed(host);
    }
}
