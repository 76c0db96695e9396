package io.copperline.gateway.carrier;

import io.copperline.codecs.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one account of the carrier, asked for by MD5 with qop auth (RFC 3261 section 22.4, RFC 2617), as nearly every carrier does. */
final class Credentials {
    private static final Pattern FIELD =
            Pattern.compile("([A-Za-z]{1,32})\\s*=\\s*(?:\"([^\"]{0,1024})\"|([^,\\s\"]{1,1024}))");

    private final String username;
    private final Secret password;
    private final String realm;
    private final String nonce;

    /** @param nonce one that nobody guesses */
    Credentials(String username, Secret password, String realm, String nonce) {
        this.username = username;
        this.password = password;
        this.realm = realm;
        this.nonce = nonce;
    }

    /** Whether the request has the right credentials, or needs none; otherwise it is answered. */
    boolean admit(Exchange exchange, int status) {
        if (status == 0) {
            return true;
        }
        WireMessage request = exchange.request();
        String given = request.first(status == 407 ? "proxy-authorization" : "authorization");
        if (given.isEmpty()) {
            String name = status == 407 ? "Proxy-Authenticate: " : "WWW-Authenticate: ";
            exchange.answer(status, name + challenge());
            return false;
        }
        Optional<String> wrong = wrong(request, given);
        wrong.ifPresent(what ->
                exchange.refuse(Insistence.violation(request, "challenge", "credentials of " + username, what, 403)));
        return wrong.isEmpty();
    }

    private String challenge() {
        return "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", algorithm=MD5, qop=\"auth\"";
    }

    /** What is wrong with credentials, never with what they are; empty where nothing is. */
    Optional<String> wrong(WireMessage request, String given) {
        Map<String, String> fields = fields(given);
        if (!fields.getOrDefault("username", "").equals(username)) {
            return Optional.of("another username");
        }
        if (!fields.getOrDefault("realm", "").equals(realm)
                || !fields.getOrDefault("nonce", "").equals(nonce)) {
            return Optional.of("a realm or nonce of another challenge");
        }
        String uri = fields.getOrDefault("uri", "");
        if (!uri.equals(request.uri())) {
            return Optional.of("the uri of another request"); // RFC 3261 section 22.4
        }
        String expected = md5(String.join(
                ":",
                md5(username + ":" + realm + ":" + password.reveal()),
                nonce,
                fields.getOrDefault("nc", ""),
                fields.getOrDefault("cnonce", ""),
                fields.getOrDefault("qop", ""),
                md5(request.method() + ":" + uri)));
        return fields.getOrDefault("response", "").equals(expected)
                ? Optional.empty()
                : Optional.of("a wrong response: another password?");
    }

    static Map<String, String> fields(String value) {
        Map<String, String> fields = new HashMap<>();
        Matcher found = FIELD.matcher(value);
        while (found.find()) {
            String text = found.group(2) == null ? found.group(3) : found.group(2);
            fields.put(found.group(1).toLowerCase(Locale.ROOT), text);
        }
        return fields;
    }

    static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java runtime has it
        }
    }
}
