package io.copperline.codecs.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SdpSessionTest {
    static String resource(String name) throws Exception {
        try (var in = SdpSessionTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void writesABrowsersOfferAsItReadIt() throws Exception {
        for (String name : List.of("chromium156-offer.sdp", "firefox153esr-offer.sdp")) {
            String offer = resource(name);
            assertEquals(offer, SdpSession.parse(offer).write(), name);
        }
    }

    @Test
    void findsTheFormatsOfAnOffer() throws Exception {
        SdpMedia audio =
                SdpSession.parse(resource("chromium156-offer.sdp")).media().getFirst();
        assertEquals(
                List.of("opus", "red", "G722", "PCMU", "PCMA", "CN", "telephone-event", "telephone-event"),
                AudioFormat.of(audio).stream().map(AudioFormat::encodingName).toList());
        assertEquals(10, AudioFormat.of(audio).getFirst().parameter("minptime").orElseThrow());
    }

    @Test
    void errorsNameTheLine() {
        SdpException e = assertThrows(
                SdpException.class, () -> SdpSession.parse("v=0\no=- 1 1 IN IP4 0\nm=audio x RTP/AVP 0\n"));
        assertTrue(e.getMessage().startsWith("line 3: 'x' is not a number"), e.getMessage());
    }

    @Test
    void isBounded() {
        assertThrows(SdpException.class, () -> SdpSession.parse("v=0\n" + "a=x\n".repeat(3_000)));
        assertThrows(SdpException.class, () -> SdpSession.parse("v=0\n" + "m=a 1 b c\n".repeat(40)));
        assertThrows(SdpException.class, () -> SdpSession.parse("v=0\na=" + "x".repeat(70_000)));
    }
}
