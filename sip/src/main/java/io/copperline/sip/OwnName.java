package io.copperline.sip;

import io.copperline.sip.wire.Header;
import java.util.List;

/**
 * How we name ourselves on one trunk: the advertised address and the port that messages really leave by.
 *
 * @param host address or name, IPv6 without brackets
 * @param userAgent the text of User-Agent and Server
 */
record OwnName(String host, int port, SipTransport transport, String userAgent) {
    /** What we understand. Nothing is listed that is not built. */
    static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE, PRACK, NOTIFY";

    /** The Via of a request; the stack adds the branch. {@code rport} (RFC 3581) finds us behind address translation. */
    Header via() {
        return new Header("Via", "SIP/2.0/" + transport.name() + " " + bracketed(host) + ":" + port + ";rport");
    }

    Header contact(String user) {
        String parameter = transport == SipTransport.UDP ? "" : ";transport=" + transport.wireName();
        return new Header(
                "Contact",
                "<sip:" + (user.isEmpty() ? "" : escape(user) + "@") + bracketed(host) + ":" + port + parameter + ">");
    }

    /** Where every number of the trunk is (RFC 6140 section 5.2): without a user, which the registrar puts in. */
    Header bulkContact() {
        return new Header("Contact", contact("").value().replace(">", ";bnc>"));
    }

    /** Who we are and what we can do, for requests and responses that start or refresh a dialog. */
    List<Header> abilities() {
        return List.of(new Header("Allow", ALLOW), new Header("User-Agent", userAgent));
    }

    static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }

    /** A user part as RFC 3261 section 25.1 lets it stand in a URI. */
    static String escape(String user) {
        StringBuilder out = new StringBuilder();
        for (byte b : user.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (plain || "-_.!~*'()&=+$,/".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
