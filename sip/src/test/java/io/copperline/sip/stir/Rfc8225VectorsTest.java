package io.copperline.sip.stir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The PASSporTs of RFC 8225 appendix A and RFC 8588, byte for byte. The signature of the first fits none of its keys. */
class Rfc8225VectorsTest {
    private static final String HEADER =
            "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9jZXJ0LmV4YW1wbGUub3JnL3Bhc3Nwb3J0LmNlciJ9";
    private static final String CLAIMS = "eyJkZXN0Ijp7InVyaSI6WyJzaXA6YWxpY2VAZXhhbXBsZS5jb20iXX0sImlhdCI"
            + "6MTQ3MTM3NTQxOCwib3JpZyI6eyJ0biI6IjEyMTU1NTUxMjEyIn19";

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
