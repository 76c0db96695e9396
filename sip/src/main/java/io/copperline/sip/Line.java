package io.copperline.sip;

import io.copperline.sip.digest.DigestClient;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.SipUri;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What a leg needs to know of its trunk.
 *
 * @param own how we name ourselves there
 * @param hop where requests outside of a dialog go
 * @param account by which of the trunk's accounts
 */
record Line(TrunkSettings settings, OwnName own, NextHop hop, Optional<Account> account) {

    /** Who answers a challenge of this realm: an account that is there for it, ours before others; else ours for any. */
    Optional<DigestClient.Login> login(String realm) {
        return Stream.concat(account.stream(), settings.allAccounts().stream())
                .filter(one -> one.isFor(realm))
                .findFirst()
                .or(() -> account.filter(one -> one.realm().isEmpty()))
                .flatMap(Account::login);
    }

    /** Answers the carrier's challenges, where there is a password to do so with. */
    Optional<DigestClient> digest(Supplier<String> clientNonces) {
        boolean can =
                settings.allAccounts().stream().anyMatch(one -> one.password().isPresent());
        return can ? Optional.of(new DigestClient(this::login, clientNonces)) : Optional.empty();
    }

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

    /** What the peer may send us on this trunk. */
    String allow() {
        return settings.transfers().refer() == Transfers.Refer.ACCEPT ? OwnName.ALLOW + ", REFER" : OwnName.ALLOW;
    }

    /** Whether a host is the carrier, as far as one line knows. */
    boolean serves(String host) {
        return host.equalsIgnoreCase(settings.host()) || host.equalsIgnoreCase(hop.host());
    }

    /** The URI of a called number, as it is to be written, on this trunk. */
    String uri(String number) {
        String user = settings.identity().called(number);
        if (tel(user)) {
            return telUri(user);
        }
        String phone = settings.identity().userPhone() ? ";user=phone" : "";
        return at(user) + phone;
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

    /** The URI of a number on our side. */
    String numberUri(String number) {
        String user = settings.identity().written(number);
        String phone = settings.identity().userPhone() ? ";user=phone" : "";
        return tel(user) ? telUri(user) : accountUri(user) + phone;
    }

    /** The URI of a user on our side. */
    String accountUri(String user) {
        // An account belongs to the carrier's domain; a bare number speaks for the place it comes from.
        String host = settings.allAccounts().isEmpty() ? own.host() : settings.host();
        return "sip:" + OwnName.escape(user) + "@" + OwnName.bracketed(host);
    }

    /** RFC 3966 section 3: what is not a number has no tel URI. */
    private boolean tel(String user) {
        return settings.identity().uri() == TrunkIdentity.UriScheme.TEL && user.matches("\\+?[0-9*]+");
    }

    /** RFC 3966 section 5.1.4: a number without its plus means something to the carrier alone. */
    private String telUri(String user) {
        return "tel:" + user + (user.startsWith("+") ? "" : ";phone-context=" + settings.host());
    }

    private static SipTransport transport(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "tcp" -> SipTransport.TCP;
            case "tls" -> SipTransport.TLS;
            default -> SipTransport.UDP;
        };
    }
}
