package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes the REGISTERs of one account, and reads what the registrar grants (RFC 3261 section 10.2, RFC 6140). */
final class RegisterWriter {
    private final String user;
    private final String callId;
    private final String tag;
    private long cseq;

    RegisterWriter(String user, Tokens tokens) {
        this.user = user;
        this.callId = tokens.token();
        this.tag = tokens.token();
    }

    Request write(Line line, Duration expiry, List<Header> credentials) {
        cseq++;
        boolean gin = line.settings().accounts().gin();
        String address = "<sip:" + OwnName.escape(user) + "@"
                + OwnName.bracketed(line.settings().host()) + ">";
        List<Header> headers = new ArrayList<>();
        headers.add(line.own().via());
        headers.add(new Header("Max-Forwards", "70"));
        headers.addAll(line.route());
        headers.add(new Header("From", address + ";tag=" + tag));
        headers.add(new Header("To", address));
        headers.add(new Header("Call-ID", callId));
        headers.add(new Header("CSeq", cseq + " REGISTER"));
        headers.add(gin ? line.own().bulkContact() : line.own().contact(user));
        headers.add(new Header("Expires", Long.toString(expiry.toSeconds())));
        if (gin) {
            // RFC 6140 section 5.1: who does not know it must refuse, rather than take the Contact for one user's.
            headers.add(new Header("Require", OptionTags.GIN));
            headers.add(new Header("Proxy-Require", OptionTags.GIN));
            headers.add(new Header("Supported", "path"));
        }
        headers.addAll(line.own().abilities());
        headers.addAll(credentials);
        return new Request("REGISTER", registrar(line), new Headers(headers), "");
    }

    static String registrar(Line line) {
        boolean plain = line.settings().port() == 0;
        return "sip:" + OwnName.bracketed(line.settings().host())
                + (plain ? "" : ":" + line.settings().port());
    }

    /**
     * What the registrar has granted us (RFC 3261 section 10.2.4): it lists the Contacts of every phone of the account. Ours is where
     * we are; else, behind a registrar that writes addresses anew, the shortest of our user's; else what holds for all.
     */
    Duration granted(Line line, Response ok, Duration wanted) {
        List<NameAddress> contacts = ok.headers().all("Contact").stream()
                .flatMap(value -> NameAddress.parse(value).stream())
                .toList();
        return contacts.stream()
                .filter(contact ->
                        contact.uri().host().equalsIgnoreCase(line.own().host())
                                && contact.uri().port() == line.own().port()
                                && (isOurUser(contact) || contact.uri().user().isEmpty()))
                .flatMap(contact -> expires(contact).stream())
                .findFirst()
                .or(() -> contacts.stream()
                        .filter(this::isOurUser)
                        .flatMap(contact -> expires(contact).stream())
                        .min(Comparator.naturalOrder()))
                .or(() -> seconds(ok.headers().first("Expires")))
                .orElse(wanted);
    }

    private boolean isOurUser(NameAddress contact) {
        return contact.uri().user().equals(user);
    }

    private static Optional<Duration> expires(NameAddress contact) {
        return seconds(contact.parameter("expires"));
    }

    static Optional<Duration> seconds(Optional<String> text) {
        return text.map(String::strip)
                .filter(digits -> digits.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .filter(seconds -> seconds > 0)
                .map(Duration::ofSeconds);
    }
}
