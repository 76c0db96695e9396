package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AudioOfferTest {
    private static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    private static AudioOffer parse(String... lines) {
        return AudioOffer.parse("v=0\r\n" + String.join("\r\n", lines) + "\r\n").orElseThrow();
    }

    @Test
    void readsWhatIsOfferedInItsOrder() {
        AudioOffer offer = parse(
                "a=sendonly",
                "m=audio 4000 RTP/AVP 111 0 96 97",
                "a=rtpmap:111 opus/48000/2",
                "a=rtpmap:96 telephone-event/8000",
                "a=rtpmap:97 telephone-event/48000",
                "m=video 5000 RTP/AVP 96",
                "a=rtpmap:96 VP8/90000");
        assertEquals(List.of(111, 0, 96, 97), List.copyOf(offer.formats().keySet()));
        assertEquals(Optional.of(0), offer.choose(List.of(AudioCodec.PCMA, AudioCodec.PCMU)));
        assertEquals(Optional.of(111), offer.choose(List.of(AudioCodec.PCMU, AudioCodec.OPUS)));
        assertEquals(Optional.empty(), offer.choose(List.of(AudioCodec.G722)));
        assertEquals(Map.of(111, "opus/48000/2", 97, "telephone-event/48000"), offer.answered(111));
        assertEquals("sendonly", offer.direction());
        assertFalse(offer.secure());
    }

    @Test
    void aKeyMustBeOneOfTheSuiteThatCarriersHave() {
        String audio = "m=audio 4000 RTP/SAVP 0";
        assertFalse(parse(audio, "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2hvcnQ=")
                .encrypted());
        assertFalse(parse(audio, "a=crypto:1 AEAD_AES_128_GCM inline:" + KEY).encrypted());
        AudioOffer good = parse(
                audio,
                "a=crypto:1 AEAD_AES_128_GCM inline:" + KEY,
                "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20|1:32");
        assertTrue(good.encrypted());
        assertEquals("2", good.crypto().orElseThrow().tag());
    }

    @Test
    void readsWhereAudioAndReportsGo() {
        AudioOffer plain = parse("c=IN IP4 192.0.2.1", "m=audio 4000 RTP/AVP 0");
        assertEquals(new InetSocketAddress("192.0.2.1", 4000), plain.rtp().orElseThrow());
        assertEquals(new InetSocketAddress("192.0.2.1", 4001), plain.rtcp().orElseThrow());
        assertFalse(plain.muxed());
        AudioOffer other = parse(
                "c=IN IP4 192.0.2.1",
                "m=audio 4000 RTP/AVP 0",
                "c=IN IP6 2001:db8::1",
                "a=rtcp:5000 IN IP4 192.0.2.9",
                "a=rtcp-mux");
        assertEquals(new InetSocketAddress("2001:db8::1", 4000), other.rtp().orElseThrow());
        assertEquals(new InetSocketAddress("192.0.2.9", 5000), other.rtcp().orElseThrow());
        assertTrue(other.muxed());
        assertEquals(
                Optional.empty(),
                parse("c=IN IP4 example.com", "m=audio 4000 RTP/AVP 0").rtp());
        assertEquals(
                Optional.empty(),
                parse("c=IN IP4 192.0.2.1", "m=audio 0 RTP/AVP 0").rtp());
        assertEquals(
                Optional.empty(),
                parse("c=IN IP4 192.0.2.1", "m=audio 65535 RTP/AVP 0").rtcp());
    }

    @Test
    void withoutAudioThereIsNoOffer() {
        assertEquals(Optional.empty(), AudioOffer.parse(""));
        assertEquals(Optional.empty(), AudioOffer.parse("v=0\r\nm=video 1 RTP/AVP 96\r\n"));
        assertEquals(Optional.empty(), AudioOffer.parse("m=audio 1 RTP/AVP " + "0 ".repeat(20_000)));
    }
}
