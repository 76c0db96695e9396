package io.copperline.webrtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.SdpException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprintTest {
    private static final byte[] CERTIFICATE = {1, 2, 3};
    private static final byte[] ANOTHER = {4, 5, 6};

    private static Fingerprint of(String algorithm, byte[] certificate) {
        return Fingerprint.of(algorithm, certificate);
    }

    private static boolean match(Fingerprint... announced) {
        return Fingerprint.match(List.of(announced), CERTIFICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256", "sha-384", "sha-512"})
    void eachStrongHashProvesACertificate(String algorithm) throws SdpException {
        Fingerprint announced = of(algorithm, CERTIFICATE);
        assertTrue(match(announced));
        assertFalse(match(of(algorithm, ANOTHER)));
        String spelled = announced.write().toLowerCase(java.util.Locale.ROOT).replace("sha", "SHA");
        assertEquals(announced, Fingerprint.parse(spelled));
    }

    @Test
    void severalOfOneHashAreAlternatives() {
        assertTrue(match(of("sha-256", ANOTHER), of("sha-256", CERTIFICATE)));
        assertFalse(match(of("sha-256", ANOTHER), of("sha-256", new byte[1])));
    }

    @Test
    void everyUsableHashThatWasAnnouncedMustMatch() {
        assertTrue(match(of("sha-256", CERTIFICATE), of("sha-512", CERTIFICATE)));
        assertFalse(match(of("sha-256", CERTIFICATE), of("sha-512", ANOTHER)));
        // Two certificates, each with the same two hashes, as RFC 8122 section 5.1 asks.
        assertTrue(match(
                of("sha-256", ANOTHER),
                of("sha-384", ANOTHER),
                of("sha-256", CERTIFICATE),
                of("sha-384", CERTIFICATE)));
    }

    @Test
    void weakAndUnknownHashesProveNothingAndSpoilNothing() throws SdpException {
        Fingerprint weak = Fingerprint.parse("sha-1 " + "AB:".repeat(19) + "AB");
        Fingerprint unknown = Fingerprint.parse("shake-128 01:02");
        assertFalse(match(weak));
        assertFalse(match(unknown));
        assertTrue(match(weak, unknown, of("sha-256", CERTIFICATE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha-256", "sha-256 AB", "sha-256 zz:zz", "sha-512 AB:CD", "sha-1 A"})
    void refusesWhatIsNoHashOfItsFunction(String value) {
        assertThrows(SdpException.class, () -> Fingerprint.parse(value));
    }
}
