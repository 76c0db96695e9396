package io.copperline.gateway.carrier;

import io.copperline.codecs.Secret;
import java.util.Map;
import java.util.Optional;

/** Answers a challenge to a request of our own (RFC 3261 section 22.2), by MD5 as the carrier itself asks for it. */
record DigestAnswer(String username, Secret password, String cnonce) {
    /**
     * The header, whole.
     *
     * @param challenge the value of WWW-Authenticate or Proxy-Authenticate; empty text for none
     * @return empty where it wants what we cannot do
     */
    Optional<String> to(String challenge, boolean proxy, String method, String uri) {
        Map<String, String> fields = Credentials.fields(challenge);
        String algorithm = fields.getOrDefault("algorithm", "MD5");
        String qop = fields.getOrDefault("qop", "");
        boolean auth = qop.matches("(?i)(?:.*[,\\s])?auth(?:[,\\s].*)?");
        if (!fields.containsKey("realm")
                || !fields.containsKey("nonce")
                || !algorithm.equalsIgnoreCase("MD5")
                || !qop.isEmpty() && !auth) {
            return Optional.empty();
        }
        String realm = fields.get("realm");
        String nonce = fields.get("nonce");
        String secret = Credentials.md5(username + ":" + realm + ":" + password.reveal());
        String request = Credentials.md5(method + ":" + uri);
        String counted = auth ? nonce + ":00000001:" + cnonce + ":auth" : nonce;
        String response = Credentials.md5(secret + ":" + counted + ":" + request);
        return Optional.of((proxy ? "Proxy-Authorization" : "Authorization") + ": Digest username=\"" + username
                + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + uri + "\", response=\"" + response
                + "\", algorithm=MD5"
                + (auth ? ", qop=auth, nc=00000001, cnonce=\"" + cnonce + "\"" : "")
                + (fields.containsKey("opaque") ? ", opaque=\"" + fields.get("opaque") + "\"" : ""));
    }
}
