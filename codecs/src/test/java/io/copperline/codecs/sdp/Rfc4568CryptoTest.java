package io.copperline.codecs.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of RFC 4568, and what devices make of its grammar. */
class Rfc4568CryptoTest {
    /** Section 5.1.1's key: thirty bytes of text. */
    private static final String INLINE = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    private static final String LINE = "1 AES_CM_128_HMAC_SHA1_80 inline:" + INLINE;

    @Test
    void readsKeyAndSaltOfTheExample() {
        byte[] material = "YS___semctl () {\t220;}\n}\nunles".getBytes(StandardCharsets.US_ASCII);
        SrtpKey expected = SrtpKey.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, material);
        assertEquals(Optional.of(new CryptoAttribute(1, expected)), CryptoAttribute.parse(LINE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"|2^20", "|2^31", "|1048576", " WSH=128", "|2^48 KDR=0 WSH=1024 -vendor=x"})
    void passesOverLifetimeAndAdvice(String more) {
        assertEquals(CryptoAttribute.parse(LINE), CryptoAttribute.parse(LINE + more));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + INLINE + "|2^20|1:4 FEC_ORDER=FEC_SRTP", // section 5.1.1
                "1 AES_CM_128_HMAC_SHA1_80 inline:" + INLINE + "|1:4",
                "2 F8_128_HMAC_SHA1_80 inline:" + INLINE,
                LINE + ";inline:" + INLINE,
                LINE + " KDR=1",
                LINE + " UNENCRYPTED_SRTP",
                LINE + " UNENCRYPTED_SRTCP",
                LINE + " UNAUTHENTICATED_SRTP",
                LINE + " FEC_ORDER=FEC_SRTP",
                "x AES_CM_128_HMAC_SHA1_80 inline:" + INLINE,
                "1 AES_CM_128_HMAC_SHA1_80",
                "1 AES_CM_128_HMAC_SHA1_80 inline:",
                "1 AES_CM_128_HMAC_SHA1_80 inline:|",
                "1 AES_CM_128_HMAC_SHA1_80 inline:????",
                "1 AES_CM_128_HMAC_SHA1_80 inline:AAAA",
                "1 AEAD_AES_256_GCM inline:" + INLINE,
                "1 AES_CM_128_HMAC_SHA1_80 uri:" + INLINE,
                ""
            })
    void refusesWhatItMustNotUse(String line) {
        assertEquals(Optional.empty(), CryptoAttribute.parse(line));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatItWrites(SrtpProfile profile) {
        byte[] material = new byte[profile.keyBytes() + profile.saltBytes()];
        new Random(profile.ordinal()).nextBytes(material);
        CryptoAttribute line = new CryptoAttribute(3, SrtpKey.of(profile, material));
        assertEquals(Optional.of(line), CryptoAttribute.parse(line.reveal().value()));
    }

    @Test
    void noTextShowsAKey() throws Exception {
        CryptoAttribute line = CryptoAttribute.parse(LINE).orElseThrow();
        SdpSession session =
                SdpSession.parse("v=0\r\no=x 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
                        + "m=audio 4000 RTP/SAVP 0\r\na=crypto:" + LINE + "\r\n");
        assertTrue(session.write().contains(INLINE));
        for (Object shown : new Object[] {line, line.key(), line.reveal(), session}) {
            assertFalse(shown.toString().contains(INLINE), shown::toString);
        }
    }
}
