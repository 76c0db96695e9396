package io.copperline.sip;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.SipUri;
import java.net.InetSocketAddress;
import java.util.List;
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
        return new NextHop(uri.parameter("maddr").orElse(uri.host()), port, transport, hop.certificateName());
    }

    /** The Route of requests outside of a dialog: the outbound proxy, where there is one (RFC 3261 section 8.1.2). */
    List<Header> route() {
        return settings.reaching().outboundProxy().map(this::route).stream().toList();
    }

    private Header route(InetSocketAddress proxy) {
        String port = proxy.getPort() == 0 ? "" : ":" + proxy.getPort();
        String transport = hop.transport() == SipTransport.UDP
                ? ""
                : ";transport=" + hop.transport().wireName();
        return new Header("Route", "<sip:" + OwnName.bracketed(proxy.getHostString()) + port + transport + ";lr>");
    }

    /** The URI of a called number on this trunk. */
    String uri(String number) {
        String phone = settings.identity().userPhone() ? ";user=phone" : "";
        return at(settings.identity().called(number)) + phone;
    }

    /** The URI of a number that is dialled as it stands, whatever this trunk does to others. */
    String plainUri(String number) {
        return at(number);
    }

    private String at(String user) {
        boolean defaultPort = settings.effectivePort() == settings.transport().defaultPort();
        String port = defaultPort ? "" : ":" + settings.effectivePort();
        String parameter = settings.transport() == SipTransport.UDP
                ? ""
                : ";transport=" + settings.transport().wireName();
        return "sip:" + OwnName.escape(user) + "@" + OwnName.bracketed(settings.host()) + port + parameter;
    }

    private static SipTransport transport(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "tcp" -> SipTransport.TCP;
            case "tls" -> SipTransport.TLS;
            default -> SipTransport.UDP;
        };
    }
}
