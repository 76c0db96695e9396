package io.copperline.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** {@code http}. */
final class HttpSection {
    private static final Key<String> BIND = Key.of(
            "bind",
            NetTypes.BIND,
            "127.0.0.1",
            "The local address. Beyond loopback it needs tls or trusted-proxies: browsers give the microphone to secure"
                    + " pages only.");
    private static final Key<Integer> PORT =
            Key.of("port", NetTypes.port(0, ""), "8080", "The TCP port; free takes any free one.");
    private static final Key<URI> PUBLIC_URL = Key.open(
            "public-url",
            NetTypes.WEB_URL,
            "https://phone.example.com",
            "How browsers reach us, where that is not bind and port.");
    private static final Key<Path> CERTIFICATE = Key.open(
            "certificate",
            Types.PATH,
            "tls/fullchain.pem",
            "PEM file: our certificate, then its chain. Read again when it changes.");
    private static final Key<Path> KEY =
            Key.open("key", Types.PATH, "tls/privkey.pem", "PEM file: its private key, PKCS #8.");
    private static final Section TLS = Section.of("tls", "HTTPS. Without it the door is plain HTTP.", CERTIFICATE, KEY);
    private static final Key<String> TRUSTED_PROXIES = Key.list(
            "trusted-proxies",
            NetTypes.NETWORK_TEXT,
            "[]",
            "[127.0.0.1, 10.0.0.0/8]",
            "Addresses and networks whose X-Forwarded-* headers are believed.");
    private static final Key<String> ALLOWED_ORIGINS = Key.list(
            "allowed-origins",
            NetTypes.ORIGIN,
            "[]",
            "[\"https://app.example.com\"]",
            "Origins whose pages may call us, beside our own; \"*\" allows every one.");

    private static final Key<Integer> BODY_BYTES =
            Key.of("body-bytes", Types.whole(1024, 1_048_576), "65536", "The largest request body.");
    private static final Key<Integer> MESSAGE_BYTES =
            Key.of("message-bytes", Types.whole(1024, 1_048_576), "65536", "The largest WebSocket message.");
    private static final Key<Integer> SOCKETS =
            Key.of("sockets", Types.whole(1, 1_000_000), "10000", "WebSockets and event streams open at once.");
    private static final Key<Integer> SOCKETS_PER_USER =
            Key.of("sockets-per-user", Types.whole(1, 10_000), "20", "The same, of one user.");
    private static final Key<Integer> REQUESTS_PER_USER = Key.of(
            "requests-per-minute-per-user",
            Types.whole(1, 1_000_000),
            "600",
            "Requests and WebSocket messages of one user.");
    private static final Key<Integer> REQUESTS_PER_ADDRESS = Key.of(
            "requests-per-minute-per-address",
            Types.whole(1, 1_000_000),
            "1200",
            "Requests of one address, before they are authenticated.");
    private static final Section LIMITS = Section.of(
            "limits",
            "What one user or address may take.",
            BODY_BYTES,
            MESSAGE_BYTES,
            SOCKETS,
            SOCKETS_PER_USER,
            REQUESTS_PER_USER,
            REQUESTS_PER_ADDRESS);

    static final Section TABLE = Section.of(
            "http",
            "The door for browsers: pages, call API and WebSocket.",
            BIND,
            PORT,
            PUBLIC_URL,
            TLS,
            TRUSTED_PROXIES,
            ALLOWED_ORIGINS,
            LIMITS);

    private HttpSection() {}

    static HttpSettings read(Fields http, boolean lab) {
        HttpSettings settings = new HttpSettings(
                http.one(BIND),
                http.one(PORT),
                http.maybe(PUBLIC_URL),
                tls(http),
                http.many(TRUSTED_PROXIES),
                http.many(ALLOWED_ORIGINS),
                limits(http.section(LIMITS)));
        if (!NetTypes.loopback(settings.bind())) {
            checkOutside(http, lab);
        }
        return settings;
    }

    private static void checkOutside(Fields http, boolean lab) {
        if (lab) {
            http.problem(
                    BIND,
                    "a loopback address while the lab is on: it gives tokens to everybody",
                    http.one(BIND),
                    "write bind: 127.0.0.1, or remove lab.enabled");
        } else if (!http.has(TLS) && !http.has(TRUSTED_PROXIES)) {
            http.problem(
                    BIND,
                    "http.tls or http.trusted-proxies beside an address beyond loopback",
                    http.one(BIND),
                    "add http.tls with certificate and key, name the proxy in http.trusted-proxies, or write bind:"
                            + " 127.0.0.1");
        }
    }

    private static Optional<HttpSettings.Tls> tls(Fields http) {
        if (!http.has(TLS)) {
            return Optional.empty();
        }
        Fields tls = http.section(TLS);
        tls.needs(CERTIFICATE);
        tls.needs(KEY);
        return tls.file(CERTIFICATE)
                .flatMap(certificate -> tls.file(KEY).map(key -> new HttpSettings.Tls(certificate, key)));
    }

    private static HttpSettings.Limits limits(Fields limits) {
        return new HttpSettings.Limits(
                limits.one(BODY_BYTES),
                limits.one(MESSAGE_BYTES),
                limits.one(SOCKETS),
                limits.one(SOCKETS_PER_USER),
                limits.one(REQUESTS_PER_USER),
                limits.one(REQUESTS_PER_ADDRESS));
    }
}
