package io.copperline.sip.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestClientTest {
    private final DigestClient client = new DigestClient(_ -> login("alice"), () -> "c");
    private final DigestClient.Round round = new DigestClient.Round();

    private static Optional<DigestClient.Login> login(String user) {
        return Optional.of(new DigestClient.Login(user, new Secret("secret")));
    }

    private static List<Challenge> challenges(String... values) {
        List<Header> headers = new ArrayList<>();
        for (String value : values) {
            headers.add(new Header("WWW-Authenticate", value));
        }
        return Challenge.of(new Response(401, "Unauthorized", new Headers(headers), ""));
    }

    private List<Header> answer(String... values) {
        return client.answer(challenges(values), round, "REGISTER", "sip:example.net", "");
    }

    @Test
    void takesTheFirstItKnowsAsTheServerPrefers() {
        List<Header> headers = answer(
                "Digest realm=\"r\", nonce=\"1\", algorithm=SHA3-999",
                "Digest realm=\"r\", nonce=\"2\", algorithm=SHA-256, qop=\"auth\"",
                "Digest realm=\"r\", nonce=\"3\", algorithm=MD5, qop=\"auth\"");
        assertEquals(1, headers.size());
        assertTrue(headers.getFirst().value().contains("nonce=\"2\""));
    }

    @Test
    void neverTriesARefusedPasswordAgain() {
        assertEquals(1, answer("Digest realm=\"r\", nonce=\"1\", qop=\"auth\"").size());
        assertEquals(0, answer("Digest realm=\"r\", nonce=\"2\", qop=\"auth\"").size());
    }

    @Test
    void triesAgainWithAFreshNonceButNotForEver() {
        assertEquals(1, answer("Digest realm=\"r\", nonce=\"1\"").size());
        assertEquals(1, answer("Digest realm=\"r\", nonce=\"2\", stale=TRUE").size());
        assertEquals(1, answer("Digest realm=\"r\", nonce=\"3\", stale=true").size());
        assertEquals(0, answer("Digest realm=\"r\", nonce=\"4\", stale=true").size());
    }

    @Test
    void countsTheUsesOfANonce() {
        assertTrue(answer("Digest realm=\"r\", nonce=\"1\", qop=\"auth\"")
                .getFirst()
                .value()
                .contains("nc=00000001"));
        assertTrue(client.anticipate("REGISTER", "sip:example.net")
                .getFirst()
                .value()
                .contains("nc=00000002"));
        assertTrue(client.anticipate("REGISTER", "sip:example.net")
                .getFirst()
                .value()
                .contains("nc=00000003"));
    }

    @Test
    void showsBothRealmsWhenTwoAsk() {
        List<Challenge> proxy = List.of(
                Challenge.parse(true, "Digest realm=\"edge\", nonce=\"1\"").orElseThrow());
        List<Challenge> inner = List.of(
                Challenge.parse(false, "Digest realm=\"core\", nonce=\"2\"").orElseThrow());
        assertEquals(1, client.answer(proxy, round, "INVITE", "sip:1@x", "").size());
        List<Header> both = client.answer(inner, round, "INVITE", "sip:1@x", "");
        assertEquals(2, both.size());
        assertTrue(both.stream().anyMatch(header -> header.is("Proxy-Authorization")));
        assertTrue(both.stream().anyMatch(header -> header.is("Authorization")));
    }

    @Test
    void answersEachRealmWithItsOwnLoginAndPassesOverTheOthers() {
        DigestClient several = new DigestClient(
                realm -> realm.equals("stranger") ? Optional.empty() : login("of-" + realm), () -> "c");
        List<Challenge> three = challenges(
                "Digest realm=\"stranger\", nonce=\"0\"",
                "Digest realm=\"core\", nonce=\"1\"",
                "Digest realm=\"edge\", nonce=\"2\"");
        String both = several.answer(three, round, "INVITE", "sip:1@x", "").toString();
        assertTrue(both.contains("username=\"of-core\", realm=\"core\""), both);
        assertTrue(both.contains("username=\"of-edge\", realm=\"edge\""), both);
        assertFalse(both.contains("stranger"), both);
    }

    @Test
    void takesTheNextNonceThatASuccessNames() {
        answer("Digest realm=\"r\", nonce=\"1\", qop=\"auth\"");
        Headers next =
                new Headers(List.of(new Header("Authentication-Info", "qop=auth, nextnonce=\"2\", nc=00000001")));
        client.onSuccess(new Response(200, "OK", next, ""));
        String credentials =
                client.anticipate("REGISTER", "sip:example.net").getFirst().value();
        assertTrue(credentials.contains("nonce=\"2\""), credentials);
        assertTrue(credentials.contains("nc=00000001"), credentials);
    }

    /** By hand: MD5 of the body, of the method with it, and of all. */
    @Test
    void protectsTheBodyWhereTheServerInsists() {
        List<Challenge> insists = challenges("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int\"");
        String credentials = client.answer(insists, round, "INVITE", "sip:1@x", "v=0\r\n")
                .getFirst()
                .value();
        String a2 = md5("INVITE:sip:1@x:" + md5("v=0\r\n"));
        String right = md5(md5("alice:r:secret") + ":n:00000001:c:auth-int:" + a2);
        assertTrue(credentials.contains("response=\"" + right + "\""), credentials);
        assertTrue(credentials.contains("qop=auth-int"), credentials);
        Challenge both = challenges("Digest realm=\"r\", nonce=\"n\", qop=\"auth-int, auth\"")
                .getFirst();
        assertEquals(Optional.of("auth"), both.qop());
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ignoresWhatItCannotMeet() {
        assertEquals(0, challenges("Basic realm=\"r\"").size());
        assertEquals(
                0,
                challenges("Digest realm=\"r\", nonce=\"1\", qop=\"auth-conf\"").size());
        assertEquals(0, challenges("Digest nonce=\"1\"").size());
        assertEquals(0, challenges("Digest realm=\"unclosed").size());
        assertEquals(0, challenges("Digest " + "x".repeat(5000)).size());
        assertEquals(
                "a\"b",
                challenges("Digest realm=\"a\\\"b\", nonce=\"1\"").getFirst().realm());
    }
}
