package io.copperline.webrtc.jsep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.NoCommonCodec;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SdpSession;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.dtls.Fingerprint;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The offers that Chromium 156 and Firefox ESR 153 really make. */
class BrowserOffersTest {
    private static final List<AudioCodec> ALL = List.of(AudioCodec.OPUS, AudioCodec.PCMU, AudioCodec.PCMA);

    private static String offer(String browser) throws Exception {
        try (var in = BrowserOffersTest.class.getResourceAsStream(browser + "-offer.sdp")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static LocalDescription local(String... addresses) {
        return local(RedUse.PREFERRED, addresses);
    }

    private static LocalDescription local(RedUse red, String... addresses) {
        List<IceCandidate> candidates = IntStream.range(0, addresses.length)
                .mapToObj(i -> IceCandidate.host(new InetSocketAddress(InetAddress.ofLiteral(addresses[i]), 10_000), i))
                .toList();
        return new LocalDescription(
                7,
                true,
                candidates,
                new Fingerprint("sha-256", "00:11"),
                4_711,
                "cname",
                PeerSettings.NARROWBAND_OPUS,
                red,
                20,
                5_000,
                262_144);
    }

    private record Answered(String sdp, NegotiatedMedia media) {}

    private static Answered answer(String offer, List<AudioCodec> codecs) throws Exception {
        return answer(offer, codecs, local("192.0.2.1"));
    }

    private static Answered answer(String offer, List<AudioCodec> codecs, LocalDescription local) throws Exception {
        Negotiation negotiation = new Negotiation(local, codecs, false);
        Proposal proposal = negotiation.consider(RemoteDescription.parse(offer), MediaDirection.SENDRECV);
        IceCredentials credentials = new IceCredentials("ufrag000", "password-of-22-characters");
        return new Answered(
                negotiation.answer(proposal, LocalTransport.answered(credentials, DtlsRole.CLIENT), Optional.empty()),
                proposal.agreement().audio().orElseThrow());
    }

    @Test
    void chromiumHearsOfDigitsAt48000Alone() throws Exception {
        Answered answer = answer(offer("chromium156"), ALL);
        assertTrue(answer.sdp().contains("m=audio 10000 UDP/TLS/RTP/SAVPF 111 110\r\n"), answer.sdp());
        assertTrue(answer.sdp().contains("a=rtpmap:110 telephone-event/48000\r\n"));
        assertFalse(answer.sdp().contains("telephone-event/8000"));
        assertTrue(answer.sdp().contains("maxplaybackrate=8000"));
        assertTrue(answer.sdp().contains("a=setup:active\r\n"));
        assertTrue(answer.sdp().contains("a=ice-lite\r\n"));
        assertTrue(answer.sdp().contains("a=group:BUNDLE 0\r\n"));
        assertTrue(answer.sdp().contains("a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\r\n"));
        assertTrue(answer.sdp().contains("a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n"));
        assertEquals(
                2,
                SdpSession.parse(answer.sdp())
                        .media()
                        .getFirst()
                        .values("extmap")
                        .count());
    }

    private static Answered answer(String offer, RedUse red, List<AudioCodec> codecs) throws Exception {
        return answer(offer, codecs, local(red, "192.0.2.1"));
    }

    @ParameterizedTest
    @CsvSource({"maxptime:60, 20", "maxptime:10, 10", "ptime:10, 10", "ptime:60, 20", "ptime:x, 20", "maxptime:0, 20"})
    void shorterPacketsAreSentToWhoeverAsks(String attribute, int millis) throws Exception {
        String offer = offer("chromium156").replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\na=" + attribute + "\r\n");
        assertEquals(millis, answer(offer, ALL).media().packetMillis());
    }

    @Test
    void redIsAskedForWhereTheBrowserPrefersIt() throws Exception {
        String preferred = offer("chromium156").replace("SAVPF 111 63 ", "SAVPF 63 111 ");
        Answered answer = answer(preferred, ALL);
        assertEquals(63, answer.media().redPayloadType());
        assertTrue(answer.sdp().contains("m=audio 10000 UDP/TLS/RTP/SAVPF 63 111 110\r\n"), answer.sdp());
        assertTrue(answer.sdp().contains("a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n"), answer.sdp());
        assertEquals(-1, answer(preferred, RedUse.NEVER, ALL).media().redPayloadType());
    }

    @Test
    void redIsLeftOutWhereTheBrowserPrefersOpusUnlessWeInsist() throws Exception {
        assertEquals(-1, answer(offer("chromium156"), ALL).media().redPayloadType());
        assertEquals(
                63, answer(offer("chromium156"), RedUse.ALWAYS, ALL).media().redPayloadType());
        assertEquals(
                -1, answer(offer("firefox153esr"), RedUse.ALWAYS, ALL).media().redPayloadType());
    }

    @Test
    void redOfOtherCodecsIsLeftOut() throws Exception {
        String mixed = offer("chromium156").replace("a=fmtp:63 111/111", "a=fmtp:63 111/0");
        assertEquals(-1, answer(mixed, RedUse.ALWAYS, ALL).media().redPayloadType());
        List<AudioCodec> g711 = List.of(AudioCodec.PCMU);
        assertEquals(
                -1, answer(offer("chromium156"), RedUse.ALWAYS, g711).media().redPayloadType());
    }

    @Test
    void digitsOfG711CountAt8000() throws Exception {
        Answered answer = answer(offer("chromium156"), List.of(AudioCodec.PCMA));
        assertEquals(126, answer.media().telephoneEventPayloadType());
        assertEquals(8_000, answer.media().telephoneEventClockRateHz());
        assertFalse(answer.media().telephoneEventClockIsForeign());
    }

    @Test
    void pausesMayBeDescribedWhereTheCodecCannot() throws Exception {
        Answered g711 = answer(offer("chromium156"), List.of(AudioCodec.PCMU));
        assertTrue(g711.media().comfortNoise());
        assertTrue(g711.sdp().contains("m=audio 10000 UDP/TLS/RTP/SAVPF 0 13 126\r\n"), g711.sdp());
        assertTrue(g711.sdp().contains("a=rtpmap:13 CN/8000\r\n"), g711.sdp());
        assertTrue(
                answer(offer("chromium156"), List.of(AudioCodec.G722)).media().comfortNoise());
        Answered opus = answer(offer("chromium156"), ALL);
        assertFalse(opus.media().comfortNoise() || opus.sdp().contains("CN/"), opus.sdp());
        String without = offer("chromium156").replace(" 13 ", " ").replace("a=rtpmap:13 CN/8000\r\n", "");
        Answered unwilling = answer(without, List.of(AudioCodec.PCMU));
        assertFalse(unwilling.media().comfortNoise() || unwilling.sdp().contains("CN/"), unwilling.sdp());
    }

    @Test
    void firefoxKeepsItsDigits() throws Exception {
        Answered answer = answer(offer("firefox153esr"), ALL);
        assertEquals(101, answer.media().telephoneEventPayloadType());
        assertTrue(answer.media().telephoneEventClockIsForeign());
        assertTrue(answer.sdp().contains("m=audio 10000 UDP/TLS/RTP/SAVPF 109 101\r\n"), answer.sdp());
    }

    @Test
    void videoAndTheUnknownAreRefusedInTheirPlaces() throws Exception {
        String more = offer("chromium156")
                + "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:1\r\na=rtpmap:96 VP8/90000\r\n"
                + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n"
                + "m=hologram 9 X/Y 1\r\n";
        SdpSession answer = SdpSession.parse(answer(more, ALL).sdp());
        assertEquals(
                List.of(10_000, 0, 0, 0),
                answer.media().stream().map(m -> m.port()).toList());
        assertEquals("2", answer.media().get(2).attribute("mid").orElseThrow());
        assertEquals("BUNDLE 0", answer.attribute("group").orElseThrow());
    }

    @Test
    void aMutedOrListeningBrowserIsAnsweredInKind() throws Exception {
        assertTrue(answer(offer("chromium156").replace("a=sendrecv", "a=recvonly"), ALL)
                .sdp()
                .contains("a=sendonly\r\n"));
    }

    @Test
    void ipv6IsNamedBesideIpv4() throws Exception {
        String sdp = answer(offer("chromium156"), ALL, local("192.0.2.1", "2001:db8::1"))
                .sdp();
        assertTrue(sdp.contains("a=candidate:1 1 udp 2130706431 192.0.2.1 10000 typ host\r\n"), sdp);
        assertTrue(sdp.contains("a=candidate:2 1 udp 2130706175 2001:db8:0:0:0:0:0:1 10000 typ host\r\n"), sdp);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        String offer = offer("chromium156");
        for (String needed : List.of("a=rtcp-mux", "a=ice-pwd", "a=fingerprint", "m=audio")) {
            SdpException e = assertThrows(
                    SdpException.class,
                    () -> RemoteDescription.parse(offer.replaceAll("(?m)^" + needed + ".*\r\n", "")));
            assertFalse(e.getMessage().isEmpty());
        }
        assertThrows(
                NoCommonCodec.class,
                () -> answer(offer.replace("PCMU", "XXXX").replace(" 0 8 ", " 99 98 "), List.of(AudioCodec.PCMU)));
    }

    @Test
    void fingerprintsMustHaveTheFormOfTheirHash() throws Exception {
        String offer = offer("chromium156");
        String begin = "(?m)^(a=fingerprint:sha-256 )";
        RemoteDescription.parse(offer);
        for (String bad : List.of(begin + "..", begin + "..:", begin + "(?=..:)")) {
            String broken = offer.replaceAll(bad, bad.endsWith("..") ? "$1ZZ" : bad.endsWith(":)") ? "$1AB:" : "$1");
            assertThrows(SdpException.class, () -> RemoteDescription.parse(broken));
        }
    }

    @Test
    void fragmentsWithoutCandidatesAreRefused() throws Exception {
        for (String empty : List.of("", "\r\n", "a=ice-ufrag:X9GE\r\na=mid:0\r\n")) {
            assertThrows(SdpException.class, () -> TrickleFragment.parse(empty));
        }
        assertTrue(TrickleFragment.parse("a=end-of-candidates").getFirst().complete());
    }

    @Test
    void trickledNamesAreReadOver() throws Exception {
        TrickleFragment fragment = TrickleFragment.parse("""
                a=ice-ufrag:X9GE
                m=audio 9 UDP/TLS/RTP/SAVPF 0
                a=mid:0
                a=candidate:1 1 udp 2113937151 6f9b2b0e-1f3c-4b8e-9a1e-9d6f0c3a7b11.local 54321 typ host generation 0
                a=candidate:2 1 udp 2113937151 2001:db8::5 54321 typ host
                a=end-of-candidates
                """).getFirst();
        assertTrue(fragment.candidates().getFirst().address().isEmpty());
        assertEquals(
                54_321, fragment.candidates().get(1).address().orElseThrow().getPort());
        assertTrue(fragment.complete());
        assertThrows(SdpException.class, () -> TrickleFragment.parse("a=candidate:1 1 udp x y z"));
    }
}
