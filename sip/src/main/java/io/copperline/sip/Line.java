package io.copperline.sip;

import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.SipUri;
import java.util.Locale;

/**
 * What a leg needs to know of its trunk.
 *
 * @param own how we name ourselves there
 * @param hop where requests outside of a dialog go
 */
record Line(TrunkSettings settings, OwnName own, NextHop hop) {

    /** Where a request to this URI goes, from the inside of a dialog (RFC 3263 without DNS services). */
    NextHop hopTo(SipUri uri) {
        SipTransport transport = uri.parameter("transport")
                .map(Line::transport)
                .orElse(uri.scheme().equals("sips") ? SipTransport.TLS : hop.transport());
        int port = uri.port() == 0 ? transport.defaultPort() : uri.port();
        // Contacts are often bare addresses: what must be proved is that the carrier is there, by the name it goes by.
        return new NextHop(uri.parameter("maddr").orElse(uri.host()), port, transport, settings.host());
    }

    /** The URI of a called number on this trunk. */
    String uri(String number) {
        boolean defaultPort = settings.effectivePort() == settings.transport().defaultPort();
        String port = defaultPort ? "" : ":" + settings.effectivePort();
        String parameter = settings.transport() == SipTransport.UDP
                ? ""
                : ";transport=" + settings.transport().wireName();
        String phone = settings.identity().userPhone() ? ";user=phone" : "";
        String user = OwnName.escape(settings.identity().called(number));
        return "sip:" + user + "@" + OwnName.bracketed(settings.host()) + port + parameter + phone;
    }

    private static SipTransport transport(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "tcp" -> SipTransport.TCP;
            case "tls" -> SipTransport.TLS;
            default -> SipTransport.UDP;
        };
    }
}
