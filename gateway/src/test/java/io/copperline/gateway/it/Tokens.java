package io.copperline.gateway.it;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Tokens as another service would make them. */
final class Tokens {
    private Tokens() {}

    /** A good one for {@code alice}. */
    static String alice() {
        return of("alice");
    }

    /** A good one for {@code bob}. */
    static String bob() {
        return of("bob");
    }

    /** A good one for any user. */
    static String of(String user) {
        return sign(claims(user, Duration.ofHours(1)), GatewayProcess.SECRET);
    }

    static String expired() {
        return sign(claims("alice", Duration.ofMinutes(-5)), GatewayProcess.SECRET);
    }

    /** One that says that it needs no signature. */
    static String unsigned() {
        return new PlainJWT(claims("alice", Duration.ofHours(1)).build()).serialize();
    }

    static String ofAnotherSecret() {
        return sign(claims("alice", Duration.ofHours(1)), GatewayProcess.SECRET.replace('0', '1'));
    }

    /** One that may call only what its claim {@code to} says. */
    static String calling(String to) {
        return sign(claims("alice", Duration.ofHours(1)).claim("to", List.of(to)), GatewayProcess.SECRET);
    }

    /** One of whoever runs the gateway. */
    static String operator() {
        return sign(claims("operator", Duration.ofHours(1)).claim("operator", true), GatewayProcess.SECRET);
    }

    /** One that may show a name, and numbers of two countries. */
    static String named(String name) {
        return sign(
                claims("alice", Duration.ofHours(1))
                        .claim("numbers", List.of("+12025550150", "+49301111111"))
                        .claim("names", List.of(name)),
                GatewayProcess.SECRET);
    }

    private static JWTClaimsSet.Builder claims(String user, Duration lifetime) {
        return new JWTClaimsSet.Builder()
                .subject(user)
                .claim("numbers", List.of("+12025550150"))
                .expirationTime(Date.from(Instant.now().plus(lifetime)));
    }

    private static String sign(JWTClaimsSet.Builder claims, String secret) {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        try {
            jwt.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return jwt.serialize();
    }
}
