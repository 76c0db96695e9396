package io.copperline.config;

import io.copperline.sip.Shedding;
import io.copperline.sip.SipSettings;
import io.copperline.sip.TlsSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code sip}. */
final class SipSection {
    private static final Key<String> BIND =
            Key.of("bind", NetTypes.ADDRESS_TEXT, "0.0.0.0", "The local address of the SIP sockets.");
    private static final Key<String> ADVERTISE = Key.open(
            "advertise",
            NetTypes.ADDRESS_TEXT,
            "203.0.113.10",
            "The address that SIP messages name, where it is not the socket's own: needed behind NAT.");
    private static final Key<Integer> UDP_PORT =
            Key.of("udp-port", NetTypes.port(0, ""), "5060", "The UDP port; free takes any free one.");
    private static final Key<Integer> TCP_PORT = Key.of(
            "tcp-port",
            NetTypes.port(SipSettings.ANY_FREE_PORT, ", or 0 for none"),
            "5060",
            "The TCP port; free takes any free one, 0 turns TCP off.");
    private static final Key<Integer> TLS_PORT = Key.of(
            "tls-port",
            NetTypes.port(SipSettings.ANY_FREE_PORT, ", or 0 for none"),
            "0",
            "The TLS port, 5061 by custom; free takes any free one, 0 turns TLS off.");
    private static final Key<Path> CERTIFICATE =
            Key.open("certificate", Types.PATH, "tls/fullchain.pem", "PEM file: our certificate, then its chain.");
    private static final Key<Path> KEY =
            Key.open("key", Types.PATH, "tls/privkey.pem", "PEM file: its private key, PKCS #8.");
    private static final Key<Path> TRUST = Key.open(
            "trust",
            Types.PATH,
            "tls/carriers.pem",
            "PEM file: the authorities that sign carriers. Default: those of the Java runtime.");
    private static final Key<Boolean> CLIENT_CERTIFICATES = Key.open(
            "client-certificates",
            Types.YES_OR_NO,
            "true",
            "Carriers that connect must show a certificate of those authorities, too (mutual TLS). Default: false.");
    private static final Section TLS = Section.of("tls", "SIP over TLS.", CERTIFICATE, KEY, TRUST, CLIENT_CERTIFICATES);
    private static final Key<String> USER_AGENT =
            Key.of("user-agent", Types.TEXT, "Copperline", "The text of User-Agent and Server.");
    private static final Key<InetSocketAddress> DNS = Key.list(
            "dns",
            NetTypes.NAME_SERVER,
            "[]",
            "[192.0.2.53]",
            "Name servers that know where carriers are: address, or address:port. Default: those of the machine.");
    private static final Key<Integer> MESSAGES_PER_SECOND = Key.of(
            "messages-per-second",
            Types.whole(10, 1_000_000),
            "2000",
            "Messages that one address may send on average; what is above is dropped unread, new calls first.");

    static final Section TABLE = Section.of(
            "sip",
            "The sockets towards carriers.",
            BIND,
            ADVERTISE,
            UDP_PORT,
            TCP_PORT,
            TLS_PORT,
            TLS,
            USER_AGENT,
            DNS,
            MESSAGES_PER_SECOND);

    private SipSection() {}

    static SipSettings read(Fields sip) {
        SipSettings settings = new SipSettings(
                sip.one(BIND),
                sip.maybe(ADVERTISE).orElse(""),
                sip.one(UDP_PORT),
                sip.one(TCP_PORT),
                sip.one(TLS_PORT),
                tls(sip),
                sip.one(USER_AGENT),
                sip.many(DNS),
                new Shedding(sip.one(MESSAGES_PER_SECOND)));
        if (settings.tlsPort() != 0 && !sip.has(TLS)) {
            sip.problem(TLS_PORT, "sip.tls beside a TLS port", "none", "add tls: with certificate and key below sip:");
        }
        if (settings.tlsPort() > 0 && settings.tlsPort() == settings.tcpPort()) {
            sip.problem(TLS_PORT, "another port than tcp-port", settings.tlsPort() + "", "write tls-port: 5061");
        }
        return settings;
    }

    private static Optional<TlsSettings> tls(Fields sip) {
        if (!sip.has(TLS)) {
            return Optional.empty();
        }
        Fields tls = sip.section(TLS);
        tls.needs(CERTIFICATE);
        tls.needs(KEY);
        Optional<Path> trust = tls.file(TRUST);
        return tls.file(CERTIFICATE)
                .flatMap(certificate -> tls.file(KEY)
                        .map(key -> new TlsSettings(
                                certificate,
                                key,
                                trust,
                                List.of(),
                                tls.maybe(CLIENT_CERTIFICATES).orElse(false))));
    }
}
