package io.copperline.sip.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrammarTest {
    @Test
    void readsUris() {
        SipUri uri = SipUri.parse("SIP:+1-202;phone-context=x:pw@[2001:db8::1]:5070;transport=TCP;lr?a=b")
                .orElseThrow();
        assertEquals("sip", uri.scheme());
        assertEquals("+1-202", uri.user());
        assertEquals("2001:db8::1", uri.host());
        assertEquals(5070, uri.port());
        assertEquals(Optional.of("TCP"), uri.parameter("transport"));
        assertEquals(Optional.of(""), uri.parameter("lr"));
        assertEquals(
                "+12025550100",
                SipUri.parse("tel:+12025550100;ext=1").orElseThrow().user());
        assertEquals("*#", SipUri.parse("sip:*%23@h").orElseThrow().user());
        assertEquals(
                "example.com", SipUri.parse("sip:example.com").orElseThrow().host());
    }

    @Test
    void refusesWhatIsNone() {
        for (String bad :
                List.of("", "sip", "sip:", "http://x", "sip:u@h:99999", "sip:u@h:x", "sip:u@[::1", "sip:u@")) {
            assertEquals(Optional.empty(), SipUri.parse(bad).map(SipUri::host), bad);
        }
    }

    @Test
    void readsNameAddresses() {
        NameAddress quoted = NameAddress.parse("\"A. \\\"B\\\" <c>;tag=no\" <sip:u@h;lr>;tag=yes")
                .orElseThrow();
        assertEquals(Optional.of("A. \"B\" <c>;tag=no"), quoted.displayName());
        assertEquals(Optional.of("yes"), quoted.parameter("tag"));
        NameAddress bare = NameAddress.parse("sip:u@h;tag=1").orElseThrow();
        assertEquals(Optional.of("1"), bare.parameter("tag"));
        assertTrue(bare.uri().parameters().isEmpty(), "RFC 3261 section 20.10");
        assertTrue(NameAddress.parse("<sip:u@h").isEmpty());
        assertTrue(NameAddress.parse("\"open <sip:u@h>").isEmpty());
        assertEquals("\"a\\\"b\\\\ c\"", NameAddress.quote("a\"b\\\rc"));
    }

    @Test
    void findsTheSdpAmongOtherParts() {
        String body = """
                --b1
                Content-Type: application/isup

                xx
                --b1
                content-type: application/sdp;x=y

                v=0
                s=-
                --b1--
                """.replace("\n", "\r\n");
        Headers headers = new Headers(List.of(new Header("Content-Type", "multipart/mixed; boundary=\"b1\"")));
        Request request = new Request("INVITE", "sip:x", headers, body);
        assertEquals(Optional.of("v=0\r\ns=-\r\n"), request.body("application/sdp"));
        assertEquals(Optional.empty(), request.body("text/plain"));
    }

    @Test
    void aResponseRepeatsWhatItMust() {
        Headers headers = new Headers(List.of(
                new Header("Via", "SIP/2.0/UDP a"),
                new Header("Via", "SIP/2.0/UDP b"),
                new Header("From", "<sip:a@b>;tag=1"),
                new Header("To", "<sip:c@d>"),
                new Header("Call-ID", "id"),
                new Header("CSeq", "4 INVITE"),
                new Header("Record-Route", "<sip:p;lr>"),
                new Header("Subject", "no")));
        Response ok = Response.to(new Request("INVITE", "sip:c@d", headers, ""), 200, "t");
        assertEquals(2, ok.headers().all("Via").size());
        assertEquals("t", ok.toTag());
        assertEquals(4, ok.cseq());
        assertTrue(ok.headers().first("Record-Route").isPresent());
        assertTrue(ok.headers().first("Subject").isEmpty());
    }

    @FuzzTest
    void fuzzGrammar(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        SipUri.parse(text);
        NameAddress.parse(text);
        Headers headers = new Headers(List.of(new Header("CSeq", text), new Header("Content-Type", text)));
        Request request = new Request("INVITE", text, headers, text);
        assertTrue(request.cseq() >= -1);
        request.body("application/sdp");
        request.cseqMethod();
    }

    @Test
    void readsTelUrisAsTheNumberTheyAre() {
        assertEquals(
                "+12025550100",
                SipUri.parse("tel:+1-(202)-555.0100").orElseThrow().user());
        assertEquals(
                "+49301234",
                SipUri.parse("tel:1234;phone-context=+49-30").orElseThrow().user());
        assertEquals(
                "0301234",
                SipUri.parse("tel:0301234;phone-context=example.com")
                        .orElseThrow()
                        .user());
    }
}
