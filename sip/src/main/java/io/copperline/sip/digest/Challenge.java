package io.copperline.sip.digest;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One demand for credentials that we can meet.
 *
 * @param proxy whether a proxy (407) or the peer itself (401) demands them
 * @param algorithmToken the algorithm as the server wrote it; empty where it wrote none (MD5)
 * @param session whether the algorithm has {@code -sess}
 * @param qop {@code auth}, or {@code auth-int} where the server takes nothing else; empty where it speaks RFC 2069
 * @param stale whether the credentials were right and only the nonce too old
 */
public record Challenge(
        boolean proxy,
        String realm,
        String nonce,
        Optional<String> opaque,
        String algorithmToken,
        boolean session,
        Optional<String> qop,
        boolean stale) {
    private static final int MAX_CHALLENGES = 8;
    private static final int MAX_LENGTH = 4096;
    private static final String SESSION = "-SESS";
    private static final String AUTH = "auth";
    static final String AUTH_INT = "auth-int";

    /** The challenges of a 401 or 407 that we can meet, in the server's order of preference (RFC 8760 section 2.4). */
    public static List<Challenge> of(Response response) {
        List<Challenge> challenges = new ArrayList<>();
        for (Header header : response.headers().list()) {
            boolean proxy = header.is("Proxy-Authenticate");
            if ((proxy || header.is("WWW-Authenticate")) && challenges.size() < MAX_CHALLENGES) {
                parse(proxy, header.value()).ifPresent(challenges::add);
            }
        }
        return challenges;
    }

    static Optional<Challenge> parse(boolean proxy, String value) {
        String text = value.strip();
        if (text.length() > MAX_LENGTH || !text.regionMatches(true, 0, "Digest ", 0, 7)) {
            return Optional.empty();
        }
        Map<String, String> fields = fields(text.substring(7));
        String realm = fields.get("realm");
        String nonce = fields.get("nonce");
        String token = fields.getOrDefault("algorithm", "");
        String upper = token.toUpperCase(Locale.ROOT);
        boolean session = upper.endsWith(SESSION);
        String bare = session ? token.substring(0, token.length() - SESSION.length()) : token;
        boolean known = token.isEmpty() || DigestAlgorithm.of(bare).isPresent();
        Optional<String> qop = Optional.ofNullable(fields.get("qop"));
        Optional<String> chosen = qop.flatMap(Challenge::protection);
        if (realm == null || nonce == null || !known || qop.isPresent() && chosen.isEmpty()) {
            return Optional.empty();
        }
        boolean stale = "true".equalsIgnoreCase(fields.get("stale"));
        Optional<String> opaque = Optional.ofNullable(fields.get("opaque"));
        return Optional.of(new Challenge(proxy, realm, nonce, opaque, token, session, chosen, stale));
    }

    /** What of the offered we take: bodies are worth no hash where the server does not insist (RFC 7616 section 3.4). */
    private static Optional<String> protection(String list) {
        List<String> offered = Arrays.stream(list.split(","))
                .map(one -> one.strip().toLowerCase(Locale.ROOT))
                .toList();
        return Stream.of(AUTH, AUTH_INT).filter(offered::contains).findFirst();
    }

    /** The nonce that an Authentication-Info wants to see next (RFC 7616 section 3.5). */
    static Optional<String> nextNonce(String authenticationInfo) {
        return authenticationInfo.length() > MAX_LENGTH
                ? Optional.empty()
                : Optional.ofNullable(fields(authenticationInfo).get("nextnonce"))
                        .filter(nonce -> !nonce.isEmpty());
    }

    Challenge withNonce(String next) {
        return new Challenge(proxy, realm, next, opaque, algorithmToken, session, qop, false);
    }

    DigestAlgorithm algorithm() {
        String bare =
                session ? algorithmToken.substring(0, algorithmToken.length() - SESSION.length()) : algorithmToken;
        return DigestAlgorithm.of(bare).orElse(DigestAlgorithm.MD5);
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        int at = 0;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
            StringBuilder value = new StringBuilder();
            at = value(text, equals + 1, value);
            fields.putIfAbsent(name, value.toString().strip());
        }
        return fields;
    }

    /** Reads up to the comma that ends this field; gives the place behind it. */
    private static int value(String text, int from, StringBuilder out) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\' && i + 1 < text.length()) {
                i++;
                out.append(text.charAt(i));
            } else if (!quoted && c == ',') {
                return i + 1;
            } else {
                out.append(c);
            }
        }
        return text.length();
    }
}
