package io.copperline.gateway.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.copperline.codecs.Secret;
import io.copperline.config.AuthSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Tokens for the lab's two web users and its operator, so that nobody needs an account for the first call. Exists only in the lab. */
public final class LabTokens {
    private static final Map<String, String> NUMBERS = Map.of("alice", "+12025550150", "bob", "+12025550151");
    private static final String OPERATOR = "operator";
    private static final Duration LIFETIME = Duration.ofHours(12);

    private final byte[] secret;
    private final AuthSettings auth;
    private final InstantSource clock;

    private LabTokens(byte[] secret, AuthSettings auth, InstantSource clock) {
        this.secret = secret;
        this.auth = auth;
        this.clock = clock;
    }

    /**
     * Signs with the configured HS256 secret, or with one made here and now where nothing is configured.
     *
     * @param random a cryptographically strong source
     * @return empty where tokens are checked against public keys: we hold no private one
     */
    public static Optional<LabTokens> start(AuthSettings auth, InstantSource clock, RandomGenerator random) {
        if (auth.jwksUrl().isPresent()) {
            return Optional.empty();
        }
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        byte[] key = auth.hs256Secret()
                .map(Secret::reveal)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElse(secret);
        return Optional.of(new LabTokens(key, auth, clock));
    }

    /** A token for {@code alice}, {@code bob} or {@code operator}; empty for anybody else. */
    public Optional<String> token(String user) {
        if (user.equals(OPERATOR)) {
            return Optional.of(sign(user, "operator", true));
        }
        return Optional.ofNullable(NUMBERS.get(user)).map(number -> sign(user, "numbers", List.of(number)));
    }

    byte[] secret() {
        return secret.clone();
    }

    private String sign(String user, String claim, Object value) {
        Instant now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .subject(user)
                .claim(claim, value)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)));
        auth.issuer().ifPresent(claims::issuer);
        auth.audience().ifPresent(claims::audience);
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        try {
            jwt.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("the lab's secret cannot sign", e);
        }
        return jwt.serialize();
    }
}
