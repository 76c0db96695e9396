package io.copperline.codecs.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkOfferAnswerTest {
    private static final LocalAudio OURS = local("192.0.2.1", 20_000);
    private static final LocalAudio THEIRS = local("198.51.100.7", 30_000);

    private final TrunkOfferAnswer us = new TrunkOfferAnswer(1, new Random(1)::nextBytes);
    private final TrunkOfferAnswer them = new TrunkOfferAnswer(2, new Random(2)::nextBytes);

    private static LocalAudio local(String address, int port) {
        return new LocalAudio(
                new InetSocketAddress(InetAddress.ofLiteral(address), port),
                port + 1,
                List.of(AudioCodec.PCMU, AudioCodec.PCMA),
                true,
                20,
                SrtpPolicy.OFF);
    }

    private static String offer(String connection, String media, String... attributes) {
        StringBuilder sdp = new StringBuilder("v=0\r\no=x 1 1 IN IP4 198.51.100.7\r\ns=-\r\n");
        sdp.append("c=IN IP4 ")
                .append(connection)
                .append("\r\nt=0 0\r\nm=")
                .append(media)
                .append("\r\n");
        for (String attribute : attributes) {
            sdp.append("a=").append(attribute).append("\r\n");
        }
        return sdp.toString();
    }

    @Test
    void twoOfUsAgree() throws Exception {
        TrunkOfferAnswer.Answer answer = them.onOffer(us.offer(OURS, MediaDirection.SENDRECV), THEIRS);
        NegotiatedAudio audio = us.onAnswer(answer.sdp());
        assertEquals(AudioCodec.PCMU, audio.codec());
        assertEquals(101, audio.sendTelephoneEventPayloadType());
        assertEquals(Optional.of(THEIRS.rtp()), audio.remoteRtp());
        assertEquals(30_001, audio.remoteRtcp().orElseThrow().getPort());
        assertEquals(Optional.of(OURS.rtp()), answer.audio().remoteRtp());
        assertEquals(MediaDirection.SENDRECV, audio.direction());
    }

    @Test
    void takesThePeersFirstChoiceAndItsPayloadTypes() throws Exception {
        var answer = us.onOffer(
                offer("198.51.100.7", "audio 30000 RTP/AVP 9 8 0 97", "rtpmap:97 telephone-event/8000"), OURS);
        assertEquals(AudioCodec.PCMA, answer.audio().codec());
        assertEquals(97, answer.audio().receiveTelephoneEventPayloadType());
        assertTrue(answer.sdp().contains("m=audio 20000 RTP/AVP 8 97\r\n"), answer.sdp());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 20",
        "ptime:10, 10",
        "ptime:30, 30",
        "ptime:50, 50",
        "ptime:60, 60",
        "ptime:15, 20",
        "ptime:90, 20",
        "ptime:2.5, 20",
        "maxptime:10, 10",
        "maxptime:150, 20",
        "maxptime:0, 10",
        "ptime:60 maxptime:40, 40",
        "ptime:60 maxptime:45, 40",
    })
    void sendsPacketsAsLongAsThePeerLikes(String attributes, int millis) throws Exception {
        String[] lines = attributes.isEmpty() ? new String[0] : attributes.split(" ");
        var answer = us.onOffer(offer("198.51.100.7", "audio 30000 RTP/AVP 0", lines), OURS);
        assertEquals(millis, answer.audio().ptimeMillis());
    }

    @Test
    void opusHasNoFrameOfThirtyMilliseconds() throws Exception {
        LocalAudio opus = new LocalAudio(OURS.rtp(), 20_001, List.of(AudioCodec.OPUS), true, 20, SrtpPolicy.OFF);
        String media = "audio 30000 RTP/AVP 96";
        var answer = us.onOffer(offer("198.51.100.7", media, "rtpmap:96 opus/48000/2", "ptime:30"), opus);
        assertEquals(20, answer.audio().ptimeMillis());
    }

    private static LocalAudio with(boolean comfortNoise, boolean rtcpMux, AudioCodec... codecs) {
        return new LocalAudio(
                OURS.rtp(), 20_001, List.of(codecs), true, 20, SrtpPolicy.OFF, comfortNoise, rtcpMux, false);
    }

    /** RFC 3611 section 5.2: each side says what it wants to be sent. */
    @Test
    void eachSideIsToldHowItIsHeardWhereItAsks() throws Exception {
        LocalAudio asking = new LocalAudio(
                OURS.rtp(), 20_001, List.of(AudioCodec.PCMU), true, 20, SrtpPolicy.OFF, false, false, true);
        String offer = us.offer(asking, MediaDirection.SENDRECV);
        assertTrue(offer.contains("a=rtcp-xr:voip-metrics\r\n"), offer);
        TrunkOfferAnswer.Answer answer = them.onOffer(offer, THEIRS);
        assertTrue(answer.audio().voipMetrics());
        assertFalse(answer.sdp().contains("rtcp-xr"), answer.sdp());
        assertFalse(us.onAnswer(answer.sdp()).voipMetrics());
        String all = "rtcp-xr:rcvr-rtt=all voip-metrics stat-summary";
        assertTrue(us.onOffer(offer("198.51.100.7", "audio 30000 RTP/AVP 0", all), OURS)
                .audio()
                .voipMetrics());
    }

    @Test
    void offersDigitsAtTheClockOfEachCodec() {
        String opus = us.offer(with(false, false, AudioCodec.OPUS), MediaDirection.SENDRECV);
        assertTrue(opus.contains("m=audio 20000 RTP/AVP 96 101\r\n"), opus);
        assertTrue(opus.contains("a=rtpmap:101 telephone-event/48000\r\na=fmtp:101 0-15\r\n"), opus);
        String both = us.offer(with(false, false, AudioCodec.OPUS, AudioCodec.G722), MediaDirection.SENDRECV);
        assertTrue(both.contains("m=audio 20000 RTP/AVP 96 9 101 102\r\n"), both);
        assertTrue(both.contains("a=rtpmap:101 telephone-event/8000\r\n"), both);
        assertTrue(both.contains("a=rtpmap:102 telephone-event/48000\r\n"), both);
    }

    @ParameterizedTest
    @CsvSource({
        "96 0 101 102, 48000, 102",
        "0 96 101 102, 8000, 101",
        "96 101, 8000, 101",
        "0 102, 48000, 102",
        "96 103 102, 48000, 102",
        "9 103, 16000, 103",
        "96 104, 48000, -1",
    })
    void digitsHaveTheClockOfTheirCodecWherePossible(String types, int clockRateHz, int payloadType) throws Exception {
        LocalAudio ours = with(false, false, AudioCodec.OPUS, AudioCodec.G722, AudioCodec.PCMU);
        String[] lines = {
            "rtpmap:96 opus/48000/2",
            "rtpmap:101 telephone-event/8000",
            "rtpmap:102 telephone-event/48000",
            "rtpmap:103 telephone-event/16000",
            "rtpmap:104 telephone-event/44100"
        };
        String theirs = offer("198.51.100.7", "audio 30000 RTP/AVP " + types, lines);
        NegotiatedAudio answered = us.onOffer(theirs, ours).audio();
        assertEquals(payloadType, answered.receiveTelephoneEventPayloadType());
        assertEquals(clockRateHz, answered.telephoneEventClockRateHz());
        them.offer(ours, MediaDirection.SENDRECV);
        NegotiatedAudio offered = them.onAnswer(theirs);
        assertEquals(payloadType, offered.sendTelephoneEventPayloadType());
        assertEquals(clockRateHz, offered.telephoneEventClockRateHz());
    }

    @Test
    void bothSidesOfAnOpusCallCountDigitsAt48000() throws Exception {
        LocalAudio ours = with(false, false, AudioCodec.OPUS, AudioCodec.PCMU);
        TrunkOfferAnswer.Answer answer = them.onOffer(us.offer(ours, MediaDirection.SENDRECV), ours);
        NegotiatedAudio audio = us.onAnswer(answer.sdp());
        assertEquals(48_000, audio.telephoneEventClockRateHz());
        assertEquals(102, audio.receiveTelephoneEventPayloadType());
        assertEquals(48_000, answer.audio().telephoneEventClockRateHz());
    }

    @Test
    void comfortNoiseIsAgreedOnWhereBothWantIt() throws Exception {
        LocalAudio noisy = with(true, false, AudioCodec.PCMU);
        String offer = us.offer(noisy, MediaDirection.SENDRECV);
        assertTrue(offer.contains("RTP/AVP 0 13 101\r\n") && offer.contains("a=rtpmap:13 CN/8000\r\n"), offer);
        TrunkOfferAnswer.Answer answer = them.onOffer(offer, noisy);
        assertTrue(answer.sdp().contains("RTP/AVP 0 13 101\r\n"), answer.sdp());
        assertTrue(answer.audio().comfortNoise() && us.onAnswer(answer.sdp()).comfortNoise());
        TrunkOfferAnswer.Answer unwilling = them.onOffer(offer, THEIRS);
        assertFalse(
                unwilling.audio().comfortNoise() || us.onAnswer(unwilling.sdp()).comfortNoise());
        String withoutMap = offer("198.51.100.7", "audio 30000 RTP/AVP 0 13");
        assertTrue(us.onOffer(withoutMap, noisy).audio().comfortNoise());
        String opus = us.offer(with(true, false, AudioCodec.OPUS), MediaDirection.SENDRECV);
        assertFalse(opus.contains("CN/"), opus);
    }

    @Test
    void rtcpSharesThePortWhereBothWantIt() throws Exception {
        LocalAudio sharing = with(false, true, AudioCodec.PCMU);
        String offer = us.offer(sharing, MediaDirection.SENDRECV);
        assertTrue(offer.contains("a=rtcp-mux\r\n"), offer);
        TrunkOfferAnswer.Answer answer = them.onOffer(offer, sharing);
        assertTrue(answer.sdp().contains("a=rtcp-mux\r\n"), answer.sdp());
        NegotiatedAudio audio = us.onAnswer(answer.sdp());
        assertTrue(audio.rtcpMux());
        assertEquals(audio.remoteRtp(), audio.remoteRtcp());
        TrunkOfferAnswer.Answer apart = them.onOffer(offer, THEIRS);
        assertFalse(apart.sdp().contains("a=rtcp-mux"), apart.sdp());
        assertEquals(20_001, apart.audio().remoteRtcp().orElseThrow().getPort());
    }

    @ParameterizedTest
    @CsvSource({
        "rtcp:53020, 198.51.100.7:53020",
        "rtcp:53020 IN IP4 198.51.100.8, 198.51.100.8:53020",
        "rtcp:53020 IN IP6 2001:db8::8, [2001:db8:0:0:0:0:0:8]:53020",
    })
    void reportsGoWhereThePeerWantsThem(String attribute, String where) throws Exception {
        NegotiatedAudio audio = us.onOffer(offer("198.51.100.7", "audio 30000 RTP/AVP 0", attribute), OURS)
                .audio();
        assertEquals("Optional[/" + where + "]", audio.remoteRtcp().toString());
    }

    @Test
    void repeatsItsAnswerAsAnOfferWithThePeersPayloadTypes() throws Exception {
        String theirs = offer("198.51.100.7", "audio 30000 RTP/AVP 8 97", "rtpmap:97 telephone-event/8000");
        var answer = us.onOffer(theirs, OURS);
        assertEquals(answer.sdp(), us.repeat(OURS));
        assertEquals(answer.audio(), us.onAnswer(theirs), "a refresh changes nothing");
    }

    @Test
    void holdsBySendonlyInactiveAndTheZeroAddress() throws Exception {
        assertEquals(MediaDirection.RECVONLY, directionOf("198.51.100.7", "sendonly"));
        assertEquals(MediaDirection.INACTIVE, directionOf("198.51.100.7", "inactive"));
        assertEquals(MediaDirection.RECVONLY, directionOf("0.0.0.0", "sendrecv"));
    }

    private static MediaDirection directionOf(String connection, String direction) throws Exception {
        var answer = new TrunkOfferAnswer(3, new Random(3)::nextBytes)
                .onOffer(offer(connection, "audio 30000 RTP/AVP 0", direction), OURS);
        assertTrue(answer.sdp().contains("a=" + answer.audio().direction().attribute() + "\r\n"));
        return answer.audio().direction();
    }

    @Test
    void answersARefreshWithTheSameBody() throws Exception {
        String offer = offer("198.51.100.7", "audio 30000 RTP/AVP 0");
        assertSame(us.onOffer(offer, OURS), us.onOffer(offer, OURS));
    }

    @Test
    void raisesItsVersionOnlyForSomethingNew() {
        String first = us.offer(OURS, MediaDirection.SENDRECV);
        assertEquals(first, us.offer(OURS, MediaDirection.SENDRECV));
        assertNotEquals(first, us.offer(OURS, MediaDirection.SENDONLY));
        assertTrue(us.offer(OURS, MediaDirection.SENDRECV).contains("o=- 1 3 IN IP4 192.0.2.1"));
    }

    @Test
    void aRefusedHoldLeavesTheCallAsItWas() throws Exception {
        us.onAnswer(
                them.onOffer(us.offer(OURS, MediaDirection.SENDRECV), THEIRS).sdp());
        String hold = us.offer(OURS, MediaDirection.SENDONLY);
        assertTrue(hold.contains("a=sendonly"));
        us.rollback();
        var answer = us.onOffer(offer("198.51.100.7", "audio 30002 RTP/AVP 0"), OURS);
        assertEquals(MediaDirection.SENDRECV, answer.audio().direction());
    }

    @Test
    void refusesOtherSectionsAndKeepsTheirOrder() throws Exception {
        String offer = offer("198.51.100.7", "video 40000 RTP/AVP 31") + "m=audio 30000 RTP/AVP 0\r\n";
        String answer = us.onOffer(offer, OURS).sdp();
        assertTrue(answer.indexOf("m=video 0 RTP/AVP 31") < answer.indexOf("m=audio 20000"), answer);
        String later = us.offer(OURS, MediaDirection.SENDONLY);
        assertTrue(later.indexOf("m=video 0 RTP/AVP 31") < later.indexOf("m=audio 20000"), later);
    }

    @Test
    void saysWhenNothingIsShared() {
        assertThrows(NoCommonCodec.class, () -> us.onOffer(offer("198.51.100.7", "audio 30000 RTP/AVP 18"), OURS));
    }

    @Test
    void refusesWhatCannotBeUsed() {
        assertThrows(SdpException.class, () -> us.onOffer("v=0\r\n", OURS));
        assertThrows(SdpException.class, () -> us.onOffer(offer("host.example", "audio 30000 RTP/AVP 0"), OURS));
        assertThrows(SdpException.class, () -> us.onOffer(offer("224.0.0.1", "audio 30000 RTP/AVP 0"), OURS));
        assertThrows(SdpException.class, () -> us.onOffer(offer("198.51.100.7", "audio 0 RTP/AVP 0"), OURS));
        assertThrows(SdpException.class, () -> us.onOffer(offer("198.51.100.7", "audio 99999 RTP/AVP 0"), OURS));
    }
}
