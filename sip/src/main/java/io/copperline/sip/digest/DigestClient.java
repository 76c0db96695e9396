package io.copperline.sip.digest;

import io.copperline.codecs.Secret;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NameAddress;
import io.copperline.sip.wire.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Meets challenges with the credentials for their realm, and knows when they have been refused: the same password is never tried
 * twice on the same request, or carriers lock the account. Owned by one leg or one registration.
 */
public final class DigestClient {
    private static final int MAX_STALE = 3;

    private final Function<String, Optional<Login>> logins;
    private final Supplier<String> clientNonces;

    /** What was used last for each realm, with the count of its uses. */
    private final Map<String, Use> uses = new HashMap<>();

    /** A name and its password. */
    public record Login(String username, Secret password) {}

    private static final class Use {
        final Challenge challenge;
        final Login login;
        int count;

        Use(Challenge challenge, Login login) {
            this.challenge = challenge;
            this.login = login;
        }
    }

    /** What one request has already tried. A new one for each request that is to be sent. */
    public static final class Round {
        private final Map<String, Integer> answers = new HashMap<>();
    }

    /**
     * @param logins by the realm that challenges, who answers
     * @param clientNonces gives a new random token each time
     */
    public DigestClient(Function<String, Optional<Login>> logins, Supplier<String> clientNonces) {
        this.logins = logins;
        this.clientNonces = clientNonces;
    }

    /**
     * The headers that meet these challenges, one for each realm; empty where one cannot be met or has refused us already.
     *
     * @param uri the Request-URI, as it is sent
     * @param body the request's body, which {@code auth-int} protects
     */
    public List<Header> answer(List<Challenge> challenges, Round round, String method, String uri, String body) {
        List<Header> headers = new ArrayList<>();
        List<String> met = new ArrayList<>();
        for (Challenge challenge : challenges) {
            String realm = key(challenge);
            Optional<Login> login = logins.apply(challenge.realm());
            if (met.contains(realm) || login.isEmpty()) {
                continue; // RFC 8760 section 2.4: the first that we know, of each realm
            }
            int before = round.answers.getOrDefault(realm, 0);
            boolean refused = before > 0 && (!challenge.stale() || before >= MAX_STALE);
            if (refused) {
                return List.of();
            }
            round.answers.put(realm, before + 1);
            uses.put(realm, new Use(challenge, login.get()));
            met.add(realm);
        }
        // A request that has passed one realm must show those credentials again when the next asks (RFC 3261 section
        // 22.3).
        for (Map.Entry<String, Use> entry : uses.entrySet()) {
            if (round.answers.containsKey(entry.getKey())) {
                headers.add(credentials(entry.getValue(), method, uri, body));
            }
        }
        return met.isEmpty() ? List.of() : headers;
    }

    /**
     * Takes the nonce that a server names for the next request (RFC 7616 section 3.5). Its header says no realm: where several
     * have challenged us, it is passed over, and the next request is challenged instead.
     */
    public void onSuccess(Response response) {
        next(response.headers().first("Authentication-Info"), false);
        next(response.headers().first("Proxy-Authentication-Info"), true);
    }

    private void next(Optional<String> header, boolean proxy) {
        List<Use> asked = uses.values().stream()
                .filter(use -> use.challenge.proxy() == proxy)
                .toList();
        Optional<String> nonce = header.flatMap(Challenge::nextNonce);
        if (nonce.isPresent() && asked.size() == 1) {
            Use use = asked.getFirst();
            uses.put(key(use.challenge), new Use(use.challenge.withNonce(nonce.get()), use.login));
        }
    }

    /** Credentials for the realms that have challenged before, so that a request without a body need not be sent twice. */
    public List<Header> anticipate(String method, String uri) {
        List<Header> headers = new ArrayList<>();
        for (Use use : uses.values()) {
            if (use.challenge.qop().isPresent()) {
                headers.add(credentials(use, method, uri, ""));
            }
        }
        return headers;
    }

    // RFC 7616 section 3.4.1 to 3.4.3.
    private Header credentials(Use use, String method, String uri, String body) {
        Challenge challenge = use.challenge;
        DigestAlgorithm algorithm = challenge.algorithm();
        use.count++;
        String nc = HexFormat.of().toHexDigits(use.count);
        String cnonce = clientNonces.get();
        String a1 = algorithm.hash(use.login.username() + ":" + challenge.realm() + ":"
                + use.login.password().reveal());
        if (challenge.session()) {
            a1 = algorithm.hash(a1 + ":" + challenge.nonce() + ":" + cnonce);
        }
        boolean whole = challenge.qop().filter(Challenge.AUTH_INT::equals).isPresent();
        String a2 = algorithm.hash(method + ":" + uri + (whole ? ":" + algorithm.hash(body) : ""));
        String middle =
                challenge.qop().map(qop -> nc + ":" + cnonce + ":" + qop + ":").orElse("");
        String response = algorithm.hash(a1 + ":" + challenge.nonce() + ":" + middle + a2);

        StringBuilder value = new StringBuilder("Digest username=").append(NameAddress.quote(use.login.username()));
        value.append(", realm=").append(NameAddress.quote(challenge.realm()));
        value.append(", nonce=").append(NameAddress.quote(challenge.nonce()));
        value.append(", uri=").append(NameAddress.quote(uri));
        value.append(", response=\"").append(response).append('"');
        if (!challenge.algorithmToken().isEmpty()) {
            value.append(", algorithm=").append(challenge.algorithmToken());
        }
        if (challenge.qop().isPresent() || challenge.session()) {
            value.append(", cnonce=\"").append(cnonce).append('"');
        }
        Optional<String> opaque = challenge.opaque();
        opaque.ifPresent(text -> value.append(", opaque=").append(NameAddress.quote(text)));
        challenge
                .qop()
                .ifPresent(qop ->
                        value.append(", qop=").append(qop).append(", nc=").append(nc));
        return new Header(challenge.proxy() ? "Proxy-Authorization" : "Authorization", value.toString());
    }

    private static String key(Challenge challenge) {
        return (challenge.proxy() ? "proxy " : "user ") + challenge.realm();
    }
}
