package io.copperline.sip;

import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.SipUri;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a carrier sends a call: by redirection or by REFER.
 *
 * @param uri the Request-URI, without headers
 * @param user its user part, a number as the carrier writes it or whatever else
 * @param host its host; empty for a tel URI, which is a number of any network
 * @param ofCarrier whether that is a place of the carrier's own
 */
public record Destination(String uri, String user, String host, boolean ofCarrier) {
    /** So many Contacts of one response are looked at. */
    private static final int MAX_CONTACTS = 8;

    private static final String SAFE = "[\\x21-\\x7e&&[^<>\"]]{1,512}";

    /** Empty where nobody can be called there. */
    static Optional<Destination> of(SipUri uri) {
        int headers = uri.text().indexOf('?');
        String bare = headers < 0 ? uri.text() : uri.text().substring(0, headers);
        // RFC 3261 section 19.1.1: it is to be called, and by no other method.
        boolean called = uri.parameter("method")
                .filter(m -> !m.equalsIgnoreCase("INVITE"))
                .isEmpty();
        return called && bare.matches(SAFE)
                ? Optional.of(new Destination(bare, uri.user(), uri.host(), false))
                : Optional.empty();
    }

    /** The Contacts of a 3xx, best first (RFC 3261 section 8.1.3.4). */
    static List<Destination> of(Response response) {
        if (response.status() / 100 != 3) {
            return List.of();
        }
        return response.headers().all("Contact").stream()
                .limit(MAX_CONTACTS)
                .flatMap(contact -> NameAddress.parse(contact).stream())
                .sorted(Comparator.comparingDouble(Destination::q).reversed())
                .flatMap(contact -> of(contact.uri()).stream())
                .toList();
    }

    Destination ofCarrier(boolean is) {
        return new Destination(uri, user, host, is);
    }

    private static double q(NameAddress contact) {
        return contact.parameter("q")
                .filter(q -> q.matches("[01](\\.[0-9]{0,3})?"))
                .map(Double::parseDouble)
                .orElse(1.0);
    }
}
