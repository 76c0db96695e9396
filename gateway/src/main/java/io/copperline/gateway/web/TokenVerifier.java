package io.copperline.gateway.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.copperline.config.AuthSettings;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whose token it is. Either one HS256 secret or a set of public keys is trusted, never both, and the algorithm is
 * fixed by which it is: {@code none}, or an HMAC made with a public key, finds no key (RFC 8725 section 3.1).
 */
final class TokenVerifier {
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final int KEYS_TIMEOUT_MILLIS = 2_000;
    private static final int KEYS_MAX_BYTES = 256 * 1024;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final boolean fetchesKeys;

    private TokenVerifier(
            JWSKeySelector<SecurityContext> keys, boolean fetchesKeys, AuthSettings auth, InstantSource clock) {
        this.fetchesKeys = fetchesKeys;
        processor.setJWSKeySelector(keys);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(new Claims(auth, clock));
    }

    /** Trusts tokens signed with {@code secret}. */
    static TokenVerifier hs256(byte[] secret, AuthSettings auth, InstantSource clock) {
        var key = new SecretKeySpec(secret, "HmacSHA256");
        return new TokenVerifier(new SingleKeyJWSKeySelector<>(JWSAlgorithm.HS256, key), false, auth, clock);
    }

    /** Trusts tokens signed with an RSA or P-256 key of the set at {@code url}, which is fetched when it is needed. */
    static TokenVerifier jwks(URI url, AuthSettings auth, InstantSource clock) {
        var retriever = new DefaultResourceRetriever(KEYS_TIMEOUT_MILLIS, KEYS_TIMEOUT_MILLIS, KEYS_MAX_BYTES);
        JWKSource<SecurityContext> source;
        try {
            source = JWKSourceBuilder.create(url.toURL(), retriever)
                    .retrying(true)
                    .refreshAheadCache(false)
                    .cache(true)
                    .rateLimited(true)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("auth.jwks-url", e);
        }
        var algorithms = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
        return new TokenVerifier(new JWSVerificationKeySelector<>(algorithms, source), true, auth, clock);
    }

    /** Whether {@link #verify} may wait for the network, and so must not run on the event loop. */
    boolean fetchesKeys() {
        return fetchesKeys;
    }

    /**
     * Reads a token.
     *
     * @throws Refused with {@code unauthorized}, or {@code keys-unavailable}
     */
    WebUser verify(String token) {
        if (token.length() > WebUser.MAX_TOKEN_CHARS) {
            throw unauthorized("it is too long");
        }
        return TokenClaims.user(claims(token));
    }

    private JWTClaimsSet claims(String token) {
        try {
            return processor.process(token, null);
        } catch (ExpiredJWTException e) {
            throw unauthorized("it has expired; get a new one");
        } catch (BadJWTException e) {
            throw unauthorized(e.getMessage());
        } catch (RateLimitReachedException | BadJOSEException e) {
            throw unauthorized("its signature or its algorithm does not fit our key");
        } catch (KeySourceException e) {
            throw new Refused(
                    ProblemCode.KEYS_UNAVAILABLE,
                    "The public keys could not be fetched. The operator should check auth.jwks-url.");
        } catch (ParseException | JOSEException | RuntimeException e) {
            throw unauthorized("it is not a JWT that we read");
        }
    }

    static Refused unauthorized(String reason) {
        return new Refused(ProblemCode.UNAUTHORIZED, "The token is not valid: " + reason + ".");
    }

    /** Expiry, not-before, issuer and audience, by our clock. */
    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final InstantSource clock;

        Claims(AuthSettings auth, InstantSource clock) {
            super(auth.audience().orElse(null), exact(auth.issuer()), Set.of("sub", "exp"));
            this.clock = clock;
            setMaxClockSkew(CLOCK_SKEW_SECONDS);
        }

        private static JWTClaimsSet exact(Optional<String> issuer) {
            var claims = new JWTClaimsSet.Builder();
            issuer.ifPresent(claims::issuer);
            return claims.build();
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
