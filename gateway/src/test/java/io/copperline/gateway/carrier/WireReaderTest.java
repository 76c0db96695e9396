package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.copperline.gateway.carrier.WireReader.Reading;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireReaderTest {
    private static Reading read(String text) {
        return WireReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static WireMessage request(String text) {
        return assertInstanceOf(Reading.Request.class, read(text)).message();
    }

    @Test
    void readsARequest() {
        WireMessage invite = request(Requests.invite().toString());
        assertEquals("INVITE", invite.method());
        assertEquals("sip:+12025550100@carrier.test", invite.uri());
        assertEquals("one", invite.first("Call-ID"));
        assertEquals(1, invite.sequence());
        assertFalse(invite.inDialog());
        assertEquals(Requests.OFFER, invite.body());
        assertEquals(Requests.OFFER.length(), invite.bodyBytes());
        assertEquals("INVITE z9hG4bKINVITE1 one 1", invite.transaction("INVITE"));
    }

    @Test
    void readsShortNamesFoldedLinesAndSeveralViasOnOneLine() {
        WireMessage options = request("""
                OPTIONS sip:a SIP/2.0
                v: SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b
                f: <sip:u@h>
                 ;tag=x
                K: timer
                Subject :  a
                \t b

                """.replace("\n", "\r\n"));
        assertEquals(2, options.all("via").count());
        assertEquals("<sip:u@h> ;tag=x", options.first("from"));
        assertEquals("timer", options.first("supported"));
        assertEquals("a b", options.first("subject"));
    }

    @Test
    void readsAResponse() {
        Reading.Response busy = assertInstanceOf(
                Reading.Response.class, read("SIP/2.0 486 Busy Here\r\nCSeq: 7 INVITE\r\nt: <sip:a>;tag=b\r\n\r\nx"));
        assertEquals(486, busy.status());
        assertEquals("INVITE", busy.message().method());
        assertEquals(7, busy.message().sequence());
        assertEquals("b", busy.message().toTag());
        assertEquals("x", busy.message().body());
    }

    @Test
    void lengthsAreBytes() {
        WireMessage message = request("MESSAGE sip:a SIP/2.0\r\nSubject: Grüße\r\n\r\nGrüße");
        assertEquals("Grüße", message.first("subject"));
        assertEquals(7, message.bodyBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "SIP/2.0 200 OK\r\nVia: x\r\n",
                "SIP/2.0 200 OK\r\nno colon\r\n\r\n",
                "SIP/2.0 700 No\r\nVia: x\r\n\r\n",
                "\u0000\u0001\u0000\u0008",
                "hello",
                "GET / HTTP/1.1"
            })
    void whatIsNeitherRequestNorResponseIsNoise(String text) {
        assertInstanceOf(Reading.Noise.class, read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invite sip:a SIP/2.0\r\n\r\n",
                "INVITE sip:a b SIP/2.0\r\n\r\n",
                "INVITE  sip:a SIP/2.0\r\n\r\n",
                "INVITE sip:a SIP/3.0\r\n\r\n",
                "INVITE sip:a SIP/2.0\r\nFrom: a",
                "INVITE sip:a SIP/2.0\nFrom: a\n\n",
                "INVITE sip:a SIP/2.0\r\nno colon\r\n\r\n",
                "INVITE sip:a SIP/2.0\r\n: nameless\r\n\r\n",
                "INVITE sip:a SIP/2.0\r\nFrom: a\u0000b\r\n\r\n",
                "INVITE sip:a SIP/2.0\r\nFrom: a\nVia: b\r\n\r\n",
            })
    void whatShouldHaveBeenOneIsTold(String text) {
        Reading.Broken broken = assertInstanceOf(Reading.Broken.class, read(text));
        assertEquals("invite", broken.method().toLowerCase(Locale.ROOT));
        assertFalse(broken.expected().isEmpty());
    }

    @Test
    void nothingGrowsWithoutBounds() {
        String start = "OPTIONS sip:a SIP/2.0\r\n";
        assertInstanceOf(Reading.Broken.class, read(start + "X: y\r\n".repeat(300) + "\r\n"));
        assertInstanceOf(Reading.Broken.class, read(start + "X: " + "y".repeat(9000) + "\r\n\r\n"));
        assertInstanceOf(Reading.Broken.class, read("OPTIONS sip:" + "a".repeat(3000) + " SIP/2.0\r\n\r\n"));
    }

    @Test
    void findsTheUserAndTheHostOfAnAddress() {
        assertEquals(Optional.of("+1202"), WireMessage.user("\"sip:liar@x\" <sip:%2B1202@h;user=phone>;tag=1"));
        assertEquals(Optional.of("+1202"), WireMessage.user("<tel:+1202;phone-context=h>"));
        assertEquals(Optional.of(""), WireMessage.user("<sip:h>"));
        assertEquals(Optional.empty(), WireMessage.user("nobody"));
        assertEquals("[::1]", WireMessage.host("<sip:a:b@[::1]:5060>"));
        assertEquals("h.test", WireMessage.host("\"an \\\"escaped\\\" sip:x@y\" <sips:a@h.test:1>"));
        assertEquals("t", WireMessage.parameter("<sip:a@b;tag=inside>;x=1; TAG = t", "tag"));
        assertEquals("", WireMessage.parameter("<sip:a@b;tag=inside>", "tag"));
    }

    /** A pattern that looks again and again from each character would take minutes. */
    @Test
    void longNonsenseIsReadAtOnce() {
        assertEquals(Optional.empty(), WireMessage.user("sip::".repeat(1600)));
        assertEquals("", WireMessage.parameter(";tag".repeat(2000), "tag"));
    }
}
