package io.copperline.sip.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.sip.wire.Header;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of RFC 7616 section 3.9.1 and RFC 2617 section 3.5. */
class Rfc7616VectorsTest {
    private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    private static final String OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";

    private static String answer(String challenge, String password, String cnonce) {
        DigestClient client = new DigestClient(
                _ -> Optional.of(new DigestClient.Login("Mufasa", new Secret(password))), () -> cnonce);
        List<Challenge> challenges = List.of(Challenge.parse(false, challenge).orElseThrow());
        List<Header> headers = client.answer(challenges, new DigestClient.Round(), "GET", "/dir/index.html", "");
        assertEquals(1, headers.size());
        return headers.getFirst().value();
    }

    private static String challenge(String algorithm) {
        return "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=" + algorithm + ", nonce=\""
                + NONCE + "\", opaque=\"" + OPAQUE + "\"";
    }

    @Test
    void md5() {
        String value = answer(challenge("MD5"), "Circle of Life", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        assertTrue(value.contains("response=\"8ca523f5e9506fed4657c9700eebdbec\""), value);
        assertTrue(value.contains("nc=00000001") && value.contains("qop=auth") && value.contains(OPAQUE), value);
    }

    @Test
    void sha256() {
        String value = answer(challenge("SHA-256"), "Circle of Life", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
        assertTrue(
                value.contains("response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\""), value);
        assertTrue(value.contains("algorithm=SHA-256"), value);
    }

    @Test
    void rfc2617() {
        String value = answer(
                "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                        + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
                "Circle Of Life",
                "0a4f113b");
        assertTrue(value.contains("response=\"6629fae49393a05397450978507c4ef1\""), value);
    }

    @Test
    void rfc2069WithoutQop() {
        String value = answer("Digest realm=\"r\", nonce=\"n\"", "p", "unused");
        String a1 = DigestAlgorithm.MD5.hash("Mufasa:r:p");
        String a2 = DigestAlgorithm.MD5.hash("GET:/dir/index.html");
        assertTrue(value.contains("response=\"" + DigestAlgorithm.MD5.hash(a1 + ":n:" + a2) + "\""), value);
        assertTrue(!value.contains("nc=") && !value.contains("cnonce"), value);
    }
}
