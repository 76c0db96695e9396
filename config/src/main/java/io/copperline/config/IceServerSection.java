package io.copperline.config;

import io.copperline.codecs.Secret;
import io.copperline.config.IceServerSettings.Account;
import io.copperline.config.IceServerSettings.Login;
import io.copperline.config.IceServerSettings.SharedSecret;
import io.copperline.config.Section.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code ice-servers}. */
final class IceServerSection {
    /** Both travel in the header Link, too, where nothing else arrives as it was written. */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,256}");

    private static final String ONE_LOGIN = "one of shared-secret and username with credential";

    private static final Key<String> URLS = Key.openList(
            "urls",
            NetTypes.ICE_URI,
            "[\"stun:turn.example.com:3478\", \"turn:turn.example.com:3478?transport=udp\"]",
            "How pages reach them: stun:host[:port], turn:host[:port][?transport=udp|tcp], or turns: for TLS. Needed.");
    private static final Key<Secret> SHARED_SECRET = Key.open(
            "shared-secret",
            secret(),
            "${env:TURN_SECRET}",
            "What the TURN server has as static-auth-secret: each page then gets a password of its own, for a time.");
    private static final Key<Duration> TTL = Key.of(
            "ttl",
            Types.duration(Duration.ofMinutes(1), Duration.ofDays(7), ""),
            "1h",
            "How long such a password holds. It is needed when a call begins or changes its network.");
    private static final Key<String> USERNAME = Key.open(
            "username",
            Type.of("text of printable ASCII characters", IceServerSection::printable),
            "copperline",
            "One account for all pages, instead of shared-secret.");
    private static final Key<Secret> CREDENTIAL =
            Key.open("credential", secret(), "${env:TURN_PASSWORD}", "The account's password.");

    static final Section TABLE = new Section(
            "ice-servers",
            Shape.LISTED,
            "STUN and TURN servers that pages are told of, for browsers that cannot reach media.udp-port. Others need none.",
            List.of(URLS, SHARED_SECRET, TTL, USERNAME, CREDENTIAL));

    private IceServerSection() {}

    private static Type<Secret> secret() {
        return new Type<>("a secret of printable ASCII characters", true, text -> new Secret(printable(text)));
    }

    private static String printable(String text) throws Mismatch {
        if (!PRINTABLE.matcher(text).matches()) {
            throw new Mismatch();
        }
        return text;
    }

    static List<IceServerSettings> read(List<Fields> servers) {
        List<IceServerSettings> settings = new ArrayList<>();
        for (Fields server : servers) {
            settings.add(read(server));
        }
        return settings;
    }

    private static IceServerSettings read(Fields server) {
        List<String> urls = server.has(URLS) ? server.many(URLS) : List.of();
        if (!server.has(URLS) || server.empty(URLS)) {
            server.problem(URLS, "at least one URI", "none", "add urls: \"turn:turn.example.com:3478\"");
        }
        checkLogin(server, urls);
        return new IceServerSettings(urls, login(server));
    }

    private static void checkLogin(Fields server, List<String> urls) {
        boolean account = server.has(USERNAME) || server.has(CREDENTIAL);
        boolean shared = server.has(SHARED_SECRET);
        if (account && shared) {
            server.problem(server.has(USERNAME) ? USERNAME : CREDENTIAL, ONE_LOGIN, "both", "remove one of the two");
        } else if (account) {
            server.needs(USERNAME);
            server.needs(CREDENTIAL);
        } else if (!shared && urls.stream().anyMatch(url -> url.startsWith("turn"))) {
            server.problem(
                    URLS,
                    ONE_LOGIN + " beside a TURN server",
                    "neither",
                    "add shared-secret: " + SHARED_SECRET.example() + ", the static-auth-secret of coturn");
        }
        if (server.has(TTL) && !shared) {
            server.problem(TTL, "shared-secret beside ttl", "none", "remove it: an account's password does not end");
        }
    }

    private static Optional<Login> login(Fields server) {
        Duration ttl = server.one(TTL);
        Optional<Login> shared = server.maybe(SHARED_SECRET).map(secret -> new SharedSecret(secret, ttl));
        Optional<String> username = server.maybe(USERNAME);
        Optional<Secret> credential = server.maybe(CREDENTIAL);
        return shared.or(() -> username.flatMap(name -> credential.map(password -> new Account(name, password))));
    }
}
