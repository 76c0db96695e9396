package io.copperline.config;

import io.copperline.sip.Carriage;
import io.copperline.sip.KeepAlive;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TlsSettings;
import io.copperline.sip.TrunkSettings;
import io.copperline.sip.TrunkTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of a trunk that say how bytes travel. */
final class TrunkCarriageKeys {
    static final Key<Integer> LARGEST_DATAGRAM = Key.of(
            "largest-datagram",
            Types.whole(0, 16_000),
            "1300",
            "With udp, requests of more bytes go by TCP, where sip.tcp-port is on: the path's MTU less 200; 0: none does.");

    static final Key<KeepAlive.Kind> KEEP_ALIVE = Key.of(
            "keep-alive",
            Types.oneOf(KeepAlive.Kind.class),
            "auto",
            "What keeps the way open: auto (where we register), crlf (empty lines), stun (udp only) or off.");
    static final Key<Duration> KEEP_ALIVE_INTERVAL = Key.open(
            "keep-alive-interval",
            Types.duration(Duration.ofSeconds(5), Duration.ofHours(1), ""),
            "30s",
            "How often. Default: as the carrier says in Flow-Timer, else 24 to 29 s with udp, 95 to 120 s with tcp and tls.");

    static final Key<String> BIND = Key.open(
            "bind",
            NetTypes.ADDRESS_TEXT,
            "10.0.0.10",
            "The local address of this trunk's SIP and media. Default: sip.bind and media.bind.");
    static final Key<String> ADVERTISE = Key.open(
            "advertise",
            NetTypes.NAME_OR_ADDRESS,
            "203.0.113.11",
            "The address, or the name, that SIP messages have for us on this trunk. Default: bind, or else sip.advertise.");
    static final Key<Path> TLS_CERTIFICATE = Key.open(
            "tls-certificate",
            Types.PATH,
            "tls/carrier.pem",
            "PEM file: our certificate for this carrier, then its chain. Default: sip.tls.certificate.");
    static final Key<Path> TLS_KEY =
            Key.open("tls-key", Types.PATH, "tls/carrier.key", "PEM file: its private key, PKCS #8.");
    static final Key<Path> TLS_CA = Key.open(
            "tls-ca",
            Types.PATH,
            "tls/carrier-ca.pem",
            "PEM file: the authorities that sign this carrier. Default: sip.tls.trust.");
    static final Key<String> TLS_ALPN = Key.list(
            "tls-alpn",
            Types.WORD_TEXT,
            "[]",
            "[sip/2]",
            "What ALPN offers to the carrier (RFC 7301), best first. Default: no ALPN.");
    private static final List<Key<?>> TLS = List.of(TLS_CERTIFICATE, TLS_KEY, TLS_CA, TLS_ALPN);

    private TrunkCarriageKeys() {}

    static Carriage read(Fields trunk) {
        return new Carriage(
                trunk.one(LARGEST_DATAGRAM),
                new KeepAlive(
                        trunk.one(KEEP_ALIVE), trunk.maybe(KEEP_ALIVE_INTERVAL).orElse(Duration.ZERO)),
                trunk.maybe(BIND),
                trunk.maybe(ADVERTISE),
                new TrunkTls(
                        trunk.file(TLS_CERTIFICATE), trunk.file(TLS_KEY), trunk.file(TLS_CA), trunk.many(TLS_ALPN)));
    }

    static void check(Fields trunk, TrunkSettings settings, SipSettings sip) {
        checkTls(trunk, settings, sip);
        checkBind(trunk, settings);
        KeepAlive.Kind kind = settings.carriage().keepAlive().kind();
        if (kind == KeepAlive.Kind.STUN && settings.transport() != SipTransport.UDP) {
            // RFC 5626 section 3.5: over connections, empty lines.
            trunk.problem(
                    KEEP_ALIVE,
                    "transport udp with keep-alive stun",
                    "transport " + settings.transport().wireName(),
                    "write keep-alive: crlf");
        }
        if (kind == KeepAlive.Kind.OFF && trunk.has(KEEP_ALIVE_INTERVAL)) {
            trunk.problem(KEEP_ALIVE_INTERVAL, "no interval beside keep-alive: off", "one", "remove one of the two");
        }
    }

    private static void checkTls(Fields trunk, TrunkSettings settings, SipSettings sip) {
        Optional<Key<?>> first = TLS.stream()
                .filter(key -> trunk.has(key) && !(key.many() && trunk.empty(key)))
                .findFirst();
        if (first.isEmpty()) {
            return;
        }
        boolean used =
                settings.transport() == SipTransport.TLS || settings.reaching().anyTransport();
        if (!used || sip.tls().isEmpty()) {
            trunk.problem(
                    first.get(),
                    "transport tls or auto, and sip.tls, beside it",
                    used ? "no sip.tls" : "transport " + settings.transport().wireName(),
                    "write transport: tls, or remove " + first.get().name());
        } else if (trunk.has(TLS_CERTIFICATE) != trunk.has(TLS_KEY)) {
            Key<Path> missing = trunk.has(TLS_KEY) ? TLS_CERTIFICATE : TLS_KEY;
            trunk.problem(first.get(), "both tls-certificate and tls-key", "one of them", "add " + missing.name());
        } else {
            checkFiles(
                    trunk, first.get(), settings.carriage().tls().over(sip.tls().get()));
        }
    }

    private static void checkFiles(Fields trunk, Entry at, TlsSettings tls) {
        boolean readable = Stream.concat(Stream.of(tls.certificate(), tls.key()), tls.trust().stream())
                .allMatch(Files::isReadable); // else it is a problem already
        try {
            if (readable) {
                tls.check();
            }
        } catch (SipStartException e) {
            trunk.problem(at, "PEM files that can be used", "others", e.getMessage());
        }
    }

    private static void checkBind(Fields trunk, TrunkSettings settings) {
        if (settings.carriage().bind().filter(NetTypes::anyLocal).isPresent()) {
            trunk.problem(BIND, "one address of this machine", "the one that stands for all", "remove bind");
        }
    }
}
