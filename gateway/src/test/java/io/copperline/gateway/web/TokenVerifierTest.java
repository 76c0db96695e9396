package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.copperline.config.AuthSettings;
import io.copperline.gateway.call.PlaceCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final AuthSettings ANY =
            new AuthSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final TokenVerifier verifier = TokenVerifier.hs256(SECRET, ANY, () -> NOW);

    @Test
    void readsAllClaims() throws Exception {
        var claims = valid().claim("numbers", List.of("+12025550150", "+12025550151"))
                .claim("to", List.of("+1*", "911"))
                .claim("max_seconds", 60)
                .claim("max_calls", 2)
                .claim("names", "Alice")
                .claim("operator", true);
        assertEquals(
                new WebUser(
                        "alice",
                        new PlaceCall.Limits(
                                List.of("+12025550150", "+12025550151"),
                                List.of("+1*", "911"),
                                OptionalInt.of(60),
                                OptionalInt.of(2),
                                List.of("Alice")),
                        NOW.plusSeconds(60),
                        true),
                verifier.verify(hs256(claims)));
    }

    @Test
    void takesOneTextForAList() throws Exception {
        assertEquals(
                List.of("+1*"),
                verifier.verify(hs256(valid().claim("to", "+1*"))).limits().destinations());
    }

    @Test
    void mindsTheClock() throws Exception {
        assertRefused("it has expired", hs256(valid().expirationTime(Date.from(NOW.minusSeconds(31)))));
        assertRefused("JWT before use", hs256(valid().notBeforeTime(Date.from(NOW.plusSeconds(31)))));
        verifier.verify(hs256(valid().expirationTime(Date.from(NOW.minusSeconds(29)))));
    }

    @Test
    void wantsSubjectAndExpiry() throws Exception {
        assertRefused("exp", hs256(new JWTClaimsSet.Builder().subject("alice")));
        assertRefused("sub", hs256(new JWTClaimsSet.Builder().expirationTime(Date.from(NOW.plusSeconds(60)))));
        assertRefused("sub", hs256(valid().subject("   ")));
        assertRefused("sub", hs256(valid().subject("a\nb")));
        assertRefused("sub", hs256(valid().subject("a".repeat(129))));
    }

    @Test
    void refusesClaimsThatAreNotWhatTheyShouldBe() throws Exception {
        assertRefused("numbers", hs256(valid().claim("numbers", List.of())));
        assertRefused("numbers", hs256(valid().claim("numbers", List.of(1))));
        assertRefused("numbers", hs256(valid().claim("numbers", java.util.Collections.nCopies(101, "+1"))));
        assertRefused("to", hs256(valid().claim("to", List.of(""))));
        assertRefused("max_seconds", hs256(valid().claim("max_seconds", 0)));
        assertRefused("max_calls", hs256(valid().claim("max_calls", "2")));
        assertRefused("max_calls", hs256(valid().claim("max_calls", 1.5)));
    }

    @Test
    void mindsIssuerAndAudience() throws Exception {
        var ours = new AuthSettings(Optional.empty(), Optional.empty(), Optional.of("us"), Optional.of("phones"));
        TokenVerifier strict = TokenVerifier.hs256(SECRET, ours, () -> NOW);
        strict.verify(hs256(valid().issuer("us").audience(List.of("other", "phones"))));
        assertThrows(Refused.class, () -> strict.verify(hs256(valid().issuer("us"))));
        assertThrows(Refused.class, () -> strict.verify(hs256(valid().audience("phones"))));
        assertThrows(
                Refused.class, () -> strict.verify(hs256(valid().issuer("them").audience("phones"))));
    }

    @Test
    void refusesOtherAlgorithms() throws Exception {
        assertRefused("", new PlainJWT(valid().build()).serialize());
        byte[] longKey = new byte[64];
        java.util.Arrays.fill(longKey, (byte) 7);
        assertRefused("", signed(JWSAlgorithm.HS512, valid(), new MACSigner(longKey), ""));
        assertRefused("", signed(JWSAlgorithm.HS256, valid(), new MACSigner(longKey), ""));
    }

    @Test
    void refusesJunk() {
        for (String junk : List.of("", ".", "a.b.c", "..", "{}", "e30.e30.e30", "\u0000", "x".repeat(9000))) {
            assertRefused("", junk);
        }
    }

    @Test
    void fetchesPublicKeysOnceAndMatchesAlgorithmToKind() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        ECKey ec = new ECKeyGenerator(Curve.P_256).keyID("e").generate();
        var fetches = new AtomicInteger();
        HttpServer keys = serve(new JWKSet(List.of(rsa, ec)).toString(true), fetches);
        try {
            TokenVerifier remote = TokenVerifier.jwks(address(keys), ANY, () -> NOW);
            assertTrue(remote.fetchesKeys());
            assertEquals(
                    "alice",
                    remote.verify(signed(JWSAlgorithm.RS256, valid(), new RSASSASigner(rsa), "r"))
                            .name());
            assertEquals(
                    "alice",
                    remote.verify(signed(JWSAlgorithm.ES256, valid(), new ECDSASigner(ec), "e"))
                            .name());
            assertEquals(1, fetches.get());

            // The public key as an HMAC secret: the classic confusion.
            var confused = new MACSigner(rsa.toRSAPublicKey().getEncoded());
            assertRefused(remote, signed(JWSAlgorithm.HS256, valid(), confused, "r"));
            assertRefused(remote, new PlainJWT(valid().build()).serialize());
            assertRefused(remote, signed(JWSAlgorithm.RS512, valid(), new RSASSASigner(rsa), "r"));
            RSAKey stranger = new RSAKeyGenerator(2048).keyID("r").generate();
            assertRefused(remote, signed(JWSAlgorithm.RS256, valid(), new RSASSASigner(stranger), "r"));
        } finally {
            keys.stop(0);
        }
    }

    @Test
    void doesNotFetchAgainForEveryUnknownKey() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("s").generate();
        var fetches = new AtomicInteger();
        HttpServer keys = serve(new JWKSet(rsa).toString(true), fetches);
        try {
            TokenVerifier remote = TokenVerifier.jwks(address(keys), ANY, () -> NOW);
            for (int i = 0; i < 20; i++) {
                assertRefused(remote, signed(JWSAlgorithm.RS256, valid(), new RSASSASigner(stranger), "s"));
            }
            assertTrue(fetches.get() <= 4, "fetched " + fetches.get() + " times");
            remote.verify(signed(JWSAlgorithm.RS256, valid(), new RSASSASigner(rsa), "r"));
        } finally {
            keys.stop(0);
        }
    }

    @Test
    void saysWhenKeysCannotBeFetched() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        HttpServer keys = serve("not keys", new AtomicInteger());
        URI gone = address(keys);
        keys.stop(0);
        TokenVerifier remote = TokenVerifier.jwks(gone, ANY, () -> NOW);
        String token = signed(JWSAlgorithm.RS256, valid(), new RSASSASigner(rsa), "r");
        Refused refused = assertThrows(Refused.class, () -> remote.verify(token));
        assertEquals("keys-unavailable", refused.problem().code());
    }

    private void assertRefused(String reason, String token) {
        Refused refused = assertThrows(Refused.class, () -> verifier.verify(token));
        assertEquals("unauthorized", refused.problem().code());
        assertTrue(
                refused.problem().detail().contains(reason), refused.problem().detail());
    }

    private static void assertRefused(TokenVerifier verifier, String token) {
        Refused refused = assertThrows(Refused.class, () -> verifier.verify(token));
        assertEquals("unauthorized", refused.problem().code());
    }

    private static JWTClaimsSet.Builder valid() {
        return new JWTClaimsSet.Builder().subject("alice").expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static String hs256(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(JWSAlgorithm.HS256, claims, new MACSigner(SECRET), "");
    }

    private static String signed(JWSAlgorithm algorithm, JWTClaimsSet.Builder claims, JWSSigner signer, String kid)
            throws JOSEException {
        var header = new JWSHeader.Builder(algorithm);
        var jwt =
                new SignedJWT(kid.isEmpty() ? header.build() : header.keyID(kid).build(), claims.build());
        jwt.sign(signer);
        return jwt.serialize();
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    }

    private static HttpServer serve(String text, AtomicInteger fetches) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
