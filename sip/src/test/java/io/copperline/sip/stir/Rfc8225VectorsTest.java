package io.copperline.sip.stir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The PASSporTs of RFC 8225 appendix A and RFC 8588, byte for byte. In the RFC's example the private key and the public one
 * are no pair, and its signature fits neither, for OpenSSL as for us. That of the drafts before, with the same public key, does.
 */
class Rfc8225VectorsTest {
    private static final String HEADER =
            "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9jZXJ0LmV4YW1wbGUub3JnL3Bhc3Nwb3J0LmNlciJ9";
    private static final String CLAIMS = "eyJkZXN0Ijp7InVyaSI6WyJzaXA6YWxpY2VAZXhhbXBsZS5jb20iXX0sImlhdCI"
            + "6MTQ3MTM3NTQxOCwib3JpZyI6eyJ0biI6IjEyMTU1NTUxMjEyIn19";

    private static final String SIGNATURE =
            "VLBCIVDCaeK6M4hLJb6SHQvacAQVvoiiEOWQ_iUkqk79UD81fHQ0E1b3_GluIkba7UWYRM47ZbNFdOJquE35cw";
    private static final String PUBLIC_KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8HNbQd/TmvCKwPKHkMF9fScavGeH"
            + "78YTU8qLS8I5HLHSSmlATLcslQMhNC/OhlWBYC626nIlo7XeebYS7Sb37g==";
    /** The point of the RFC's private key. */
    private static final String OTHER_PUBLIC_KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEFn2o9R1BE6aDQqzrafSgPKNFe/SL"
            + "lgESrfQtXBT5MndxQT+EnojWcUIQ6w9LXQR5bN/8BXvPvithaz8kBfb7oQ==";

    /** Of the drafts before it, where {@code iat} was a text. */
    private static final String DRAFT_CLAIMS = "eyJkZXN0Ijp7InVyaSI6WyJzaXA6YWxpY2VAZXhhbXBsZS5jb20iXX0sImlhdCI"
            + "6IjE0NDMyMDgzNDUiLCJvcmlnIjp7InRuIjoiMTIxNTU1NTEyMTIifX0";

    private static final String DRAFT_SIGNATURE =
            "rq3pjT1hoRwakEGjHCnWSwUnshd0-zJ6F1VOgFWSjHBr8Qjpjlk-cpFYpFYsojNCpTzO3QfPOlckGaS6hEck7w";

    @Test
    void verifiesTheDraftsSignatureAndNotTheRfcs() throws Exception {
        assertTrue(verifies(DRAFT_CLAIMS, DRAFT_SIGNATURE, PUBLIC_KEY));
        assertFalse(verifies(DRAFT_CLAIMS, DRAFT_SIGNATURE, OTHER_PUBLIC_KEY));
        assertFalse(verifies(CLAIMS, SIGNATURE, PUBLIC_KEY));
        assertFalse(verifies(CLAIMS, SIGNATURE, OTHER_PUBLIC_KEY));
    }

    private static boolean verifies(String claims, String signature, String key) throws Exception {
        PublicKey read = KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
        return Es256.verify(HEADER + "." + claims, Base64.getUrlDecoder().decode(signature), read);
    }

    @Test
    void writesTheSameBytes() {
        Passport passport = new Passport(
                "https://cert.example.org/passport.cer",
                false,
                Optional.empty(),
                "12155551212",
                List.of(),
                List.of("sip:alice@example.com"),
                Instant.ofEpochSecond(1_471_375_418),
                "");
        assertEquals(HEADER + "." + CLAIMS, passport.signingInput());
    }

    @Test
    void readsIt() throws Exception {
        Passport passport = Passport.parse(HEADER, CLAIMS);
        assertEquals("12155551212", passport.orig());
        assertEquals(List.of("sip:alice@example.com"), passport.destUris());
    }

    /** RFC 8588 section 5: the header and claims of a SHAKEN PASSporT, byte for byte. */
    @Test
    void writesShakensClaimsInTheirOrder() {
        Passport passport = new Passport(
                "https://cert.example.org/passport.cer",
                true,
                Optional.of(Attestation.A),
                "12155551212",
                List.of("12155551213"),
                List.of(),
                Instant.ofEpochSecond(1_443_208_345),
                "123e4567-e89b-12d3-a456-426655440000");
        String[] parts = passport.signingInput().split("\\.");
        assertEquals(
                "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":\"https://cert.example.org/passport.cer\"}",
                text(parts[0]));
        assertEquals(
                "{\"attest\":\"A\",\"dest\":{\"tn\":[\"12155551213\"]},\"iat\":1443208345,\"orig\":{\"tn\":\"12155551212\"},"
                        + "\"origid\":\"123e4567-e89b-12d3-a456-426655440000\"}",
                text(parts[1]));
    }

    private static String text(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), java.nio.charset.StandardCharsets.UTF_8);
    }
}
