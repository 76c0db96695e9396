package io.copperline.sip;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small registrar for tests, which checks digests by its own reckoning. */
final class Registrar {
    private final String user;
    private final String password;
    private final String algorithm;
    private final Set<String> counts = new HashSet<>();
    private int nonces = 1;
    private String nonce = "nonce-1";
    private boolean stale;
    int grantedSeconds = 600;
    int minExpires;
    int refused;
    int accepted;
    int challenged;
    boolean nextNonces;
    /** Where it says that we are; empty: where we say so. */
    String contactHost = "";

    Optional<String> contact = Optional.empty();

    Registrar(String user, String password, String algorithm) {
        this.user = user;
        this.password = password;
        this.algorithm = algorithm;
    }

    /** From now on the old nonce is too old. */
    void renewNonce() {
        next();
        stale = true;
    }

    private void next() {
        nonces++;
        nonce = "nonce-" + nonces;
        counts.clear();
    }

    Response answer(Request register) {
        Optional<String> credentials = register.headers().first("Authorization");
        if (credentials.isEmpty() || !field(credentials.get(), "nonce").equals(nonce)) {
            return challenge(register);
        }
        stale = false;
        if (!isRight(credentials.get(), register)) {
            refused++;
            return challenge(register);
        }
        int wanted = Integer.parseInt(register.headers().first("Expires").orElseThrow());
        if (wanted > 0 && wanted < minExpires) {
            return Response.to(register, 423, "reg").with("Min-Expires", Integer.toString(minExpires));
        }
        accepted++;
        String ours = register.headers().first("Contact").orElseThrow();
        contact = wanted == 0 ? Optional.empty() : Optional.of(ours);
        String seen = contactHost.isEmpty() ? ours : "<sip:" + user + "@" + contactHost + ">";
        Response ok = Response.to(register, 200, "reg")
                .with("Contact", "<sip:someone@192.0.2.99:5060>;expires=17")
                .with("Contact", seen + ";expires=" + grantedSeconds);
        if (!nextNonces) {
            return ok;
        }
        next();
        return ok.with("Authentication-Info", "nextnonce=\"" + nonce + "\"");
    }

    private Response challenge(Request register) {
        challenged++;
        String value = "Digest realm=\"example.net\", nonce=\"" + nonce + "\", qop=\"auth\", algorithm=" + algorithm
                + (stale ? ", stale=true" : "");
        return Response.to(register, 401, "reg").with("WWW-Authenticate", value);
    }

    private boolean isRight(String credentials, Request register) {
        String nc = field(credentials, "nc");
        String a1 = hash(user + ":example.net:" + password);
        String a2 = hash("REGISTER:" + register.uri());
        String right = hash(a1 + ":" + nonce + ":" + nc + ":" + field(credentials, "cnonce") + ":auth:" + a2);
        return field(credentials, "response").equals(right)
                && field(credentials, "uri").equals(register.uri())
                && counts.add(nc);
    }

    private String hash(String text) {
        try {
            String name = algorithm.equals("MD5") ? "MD5" : "SHA-256";
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String field(String credentials, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(credentials);
        return matcher.find() ? matcher.group(1) : "";
    }
}
