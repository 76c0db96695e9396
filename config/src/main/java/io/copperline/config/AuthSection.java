package io.copperline.config;

import io.copperline.codecs.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** {@code auth}. */
final class AuthSection {
    /** RFC 7518 section 3.2: an HS256 key has at least the size of the hash. */
    private static final int LEAST_SECRET_BYTES = 32;

    private static final Type<Secret> LONG_SECRET =
            new Type<>("a secret of at least " + LEAST_SECRET_BYTES + " bytes", true, text -> {
                if (text.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET_BYTES) {
                    throw new Mismatch("make one with: openssl rand -base64 33");
                }
                return Types.SECRET.parser().parse(text);
            });

    private static final Key<Secret> HS256_SECRET = Key.open(
            "hs256-secret",
            LONG_SECRET,
            "${env:COPPERLINE_TOKEN_SECRET}",
            "The shared secret of HS256 tokens, at least 32 bytes.");
    private static final Key<URI> JWKS_URL = Key.open(
            "jwks-url",
            NetTypes.WEB_URL,
            "https://login.example.com/.well-known/jwks.json",
            "Where the public keys of RS256 and ES256 tokens are read, instead of hs256-secret.");
    private static final Key<String> ISSUER =
            Key.open("issuer", Types.TEXT, "https://login.example.com", "The iss that a token must have.");
    private static final Key<String> AUDIENCE =
            Key.open("audience", Types.TEXT, "copperline", "The aud that a token must have.");

    static final Section TABLE = Section.of(
            "auth",
            "Whose tokens are taken: exactly one of hs256-secret and jwks-url. The lab alone does without.",
            HS256_SECRET,
            JWKS_URL,
            ISSUER,
            AUDIENCE);

    private AuthSection() {}

    static AuthSettings read(Fields auth, boolean lab) {
        boolean secret = auth.has(HS256_SECRET);
        boolean url = auth.has(JWKS_URL);
        if (secret && url) {
            auth.problem(JWKS_URL, "one of hs256-secret and jwks-url", "both", "remove one of the two");
        } else if (!secret && !url && !lab) {
            auth.problem(
                    HS256_SECRET,
                    "auth.hs256-secret or auth.jwks-url",
                    "neither",
                    "add hs256-secret: ${env:COPPERLINE_TOKEN_SECRET} below auth:");
        }
        AuthSettings settings = new AuthSettings(
                auth.maybe(HS256_SECRET), auth.maybe(JWKS_URL), auth.maybe(ISSUER), auth.maybe(AUDIENCE));
        settings.jwksUrl()
                .filter(at -> at.getScheme().equals("http") && !NetTypes.loopback(at.getHost()))
                .ifPresent(at -> auth.problem(
                        JWKS_URL,
                        "https, or http on loopback",
                        at.toString(),
                        "write the https URL: whoever can change the keys can make tokens"));
        return settings;
    }
}
