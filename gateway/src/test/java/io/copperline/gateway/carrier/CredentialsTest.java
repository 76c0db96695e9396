package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    /** RFC 2617 section 3.5. */
    private static final String ANSWER = "Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
            + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", qop=auth, nc=00000001,"
            + " cnonce=\"0a4f113b\", response=\"6629fae49393a05397450978507c4ef1\","
            + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"";

    private final Credentials credentials = new Credentials(
            "Mufasa", new Secret("Circle Of Life"), "testrealm@host.com", "dcd98b7102dd2f0e8b11d0f600bfb0c093");
    private final WireMessage get = new WireMessage("GET", "/dir/index.html", List.of(), "", 0);

    @Test
    void takesTheAnswerOfRfc2617() {
        assertEquals(Optional.empty(), credentials.wrong(get, ANSWER));
        assertEquals(Optional.empty(), credentials.wrong(get, ANSWER.replace("username", "UserName")));
    }

    @Test
    void saysWhatIsWrongWithoutSayingWhatCame() {
        assertEquals(Optional.of("another username"), credentials.wrong(get, ANSWER.replace("Mufasa", "Scar")));
        assertEquals(
                Optional.of("a realm or nonce of another challenge"),
                credentials.wrong(get, ANSWER.replace("dcd9", "0000")));
        assertEquals(
                Optional.of("the uri of another request"), credentials.wrong(get, ANSWER.replace("index", "other")));
        assertEquals(
                Optional.of("a wrong response: another password?"),
                credentials.wrong(get, ANSWER.replace("6629", "6628")));
        assertEquals(
                Optional.of("a wrong response: another password?"),
                credentials.wrong(new WireMessage("PUT", get.uri(), List.of(), "", 0), ANSWER));
        assertEquals(Optional.of("another username"), credentials.wrong(get, "Digest"));
        assertEquals(Optional.of("another username"), credentials.wrong(get, "a=\"".repeat(2000)));
    }
}
