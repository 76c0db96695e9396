package io.copperline.sip.digest;

import io.copperline.codecs.Secret;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.NameAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Meets challenges with one account's credentials, and knows when they have been refused: the same password is never tried
 * twice on the same request, or carriers lock the account. Owned by one leg or one registration.
 */
public final class DigestClient {
    private static final int MAX_STALE = 3;

    private final String username;
    private final Secret password;
    private final Supplier<String> clientNonces;

    /** What was used last for each realm, with the count of its uses. */
    private final Map<String, Use> uses = new HashMap<>();

    private static final class Use {
        final Challenge challenge;
        int count;

        Use(Challenge challenge) {
            this.challenge = challenge;
        }
    }

    /** What one request has already tried. A new one for each request that is to be sent. */
    public static final class Round {
        private final Map<String, Integer> answers = new HashMap<>();
    }

    /** @param clientNonces gives a new random token each time */
    public DigestClient(String username, Secret password, Supplier<String> clientNonces) {
        this.username = username;
        this.password = password;
        this.clientNonces = clientNonces;
    }

    /**
     * The headers that meet these challenges, one for each realm; empty where one cannot be met or has refused us already.
     *
     * @param uri the Request-URI, as it is sent
     */
    public List<Header> answer(List<Challenge> challenges, Round round, String method, String uri) {
        List<Header> headers = new ArrayList<>();
        List<String> met = new ArrayList<>();
        for (Challenge challenge : challenges) {
            String realm = key(challenge);
            if (met.contains(realm)) {
                continue; // RFC 8760 section 2.4: the first that we know, of each realm
            }
            int before = round.answers.getOrDefault(realm, 0);
            boolean refused = before > 0 && (!challenge.stale() || before >= MAX_STALE);
            if (refused) {
                return List.of();
            }
            round.answers.put(realm, before + 1);
            Use use = new Use(challenge);
            uses.put(realm, use);
            met.add(realm);
        }
        // A request that has passed one realm must show those credentials again when the next asks (RFC 3261 section
        // 22.3).
        for (Map.Entry<String, Use> entry : uses.entrySet()) {
            if (round.answers.containsKey(entry.getKey())) {
                headers.add(credentials(entry.getValue(), method, uri));
            }
        }
        return met.isEmpty() ? List.of() : headers;
    }

    /** Credentials for the realms that have challenged before, so that a request need not be sent twice. */
    public List<Header> anticipate(String method, String uri) {
        List<Header> headers = new ArrayList<>();
        for (Use use : uses.values()) {
            if (use.challenge.qopAuth()) {
                headers.add(credentials(use, method, uri));
            }
        }
        return headers;
    }

    // RFC 7616 section 3.4.1 to 3.4.3.
    private Header credentials(Use use, String method, String uri) {
        Challenge challenge = use.challenge;
        DigestAlgorithm algorithm = challenge.algorithm();
        use.count++;
        String nc = HexFormat.of().toHexDigits(use.count);
        String cnonce = clientNonces.get();
        String a1 = algorithm.hash(username + ":" + challenge.realm() + ":" + password.reveal());
        if (challenge.session()) {
            a1 = algorithm.hash(a1 + ":" + challenge.nonce() + ":" + cnonce);
        }
        String a2 = algorithm.hash(method + ":" + uri);
        String middle = challenge.qopAuth() ? nc + ":" + cnonce + ":auth:" : "";
        String response = algorithm.hash(a1 + ":" + challenge.nonce() + ":" + middle + a2);

        StringBuilder value = new StringBuilder("Digest username=").append(NameAddress.quote(username));
        value.append(", realm=").append(NameAddress.quote(challenge.realm()));
        value.append(", nonce=").append(NameAddress.quote(challenge.nonce()));
        value.append(", uri=").append(NameAddress.quote(uri));
        value.append(", response=\"").append(response).append('"');
        if (!challenge.algorithmToken().isEmpty()) {
            value.append(", algorithm=").append(challenge.algorithmToken());
        }
        if (challenge.qopAuth() || challenge.session()) {
            value.append(", cnonce=\"").append(cnonce).append('"');
        }
        Optional<String> opaque = challenge.opaque();
        opaque.ifPresent(text -> value.append(", opaque=").append(NameAddress.quote(text)));
        if (challenge.qopAuth()) {
            value.append(", qop=auth, nc=").append(nc);
        }
        return new Header(challenge.proxy() ? "Proxy-Authorization" : "Authorization", value.toString());
    }

    private static String key(Challenge challenge) {
        return (challenge.proxy() ? "proxy " : "user ") + challenge.realm();
    }
}
