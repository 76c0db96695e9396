package io.copperline.webrtc.jsep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.codecs.sdp.SdpException;
import io.copperline.codecs.sdp.SdpMedia;
import io.copperline.codecs.sdp.SdpSession;
import io.copperline.webrtc.PeerSettings;
import io.copperline.webrtc.dtls.DtlsRole;
import io.copperline.webrtc.dtls.Fingerprint;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.ice.IceCredentials;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What offers and answers after the first come to, and what becomes of their sections. */
class RenegotiationTest {
    private static final IceCredentials OURS = new IceCredentials("ufrag000", "password-of-22-characters");
    private static final LocalTransport ANSWERED = LocalTransport.answered(OURS, DtlsRole.CLIENT);
    private static final LocalTransport APART =
            LocalTransport.offered(new IceCredentials("apart000", "password-of-22-characters"));
    private static final LocalTransport OFFERED = LocalTransport.offered(OURS);
    private static final String SESSION = """
            v=0
            o=- 1697303818893206059 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            """;
    private static final String SECURITY = """
            a=ice-ufrag:X9GE
            a=ice-pwd:SSQ4yH1lOd1uDOIXl4cTdWpS
            a=fingerprint:sha-256 BF:AF:85:82:97:C4:84:BD:18:1E:CB:D7:19:66:3D:31:56:44:1F:79:F4:FF:32:36:DF:74:81:96:C3:5F:1A:F4
            a=setup:actpass
            """;

    private final Negotiation negotiation = new Negotiation(
            new LocalDescription(
                    7,
                    true,
                    List.of(IceCandidate.host(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 10_000), 0)),
                    new Fingerprint("sha-256", "00:11"),
                    4_711,
                    "cname",
                    PeerSettings.NARROWBAND_OPUS,
                    RedUse.PREFERRED,
                    20,
                    5_000,
                    262_144),
            List.of(AudioCodec.OPUS, AudioCodec.PCMU),
            true);

    private static String audio(String mid, String direction, int opus) {
        return "m=audio 9 UDP/TLS/RTP/SAVPF " + opus + " 0 110\nc=IN IP4 0.0.0.0\n" + SECURITY + "a=mid:" + mid + "\na="
                + direction + "\na=rtcp-mux\na=rtpmap:" + opus + " opus/48000/2\na=rtpmap:110 telephone-event/48000\n";
    }

    private static String data(String mid) {
        return "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\nc=IN IP4 0.0.0.0\n" + SECURITY + "a=mid:" + mid
                + "\na=sctp-port:5000\na=max-message-size:262144\n";
    }

    private static String offer(String group, String... sections) {
        return SESSION + (group.isEmpty() ? "" : "a=group:BUNDLE " + group + "\n") + String.join("", sections);
    }

    private Proposal consider(String sdp) throws Exception {
        return negotiation.consider(RemoteDescription.parse(sdp), MediaDirection.SENDRECV);
    }

    private SdpSession answer(String sdp) throws Exception {
        return SdpSession.parse(negotiation.answer(consider(sdp), ANSWERED, Optional.empty()));
    }

    private static MediaDirection direction(SdpSession session, int section) {
        return session.direction(session.media().get(section));
    }

    private static List<Integer> ports(SdpSession session) {
        return session.media().stream().map(SdpMedia::port).toList();
    }

    @Test
    void holdAndResumeAreAnsweredInKindAndTheVersionCounts() throws Exception {
        SdpSession first = answer(offer("0", audio("0", "sendrecv", 111)));
        SdpSession hold = answer(offer("0", audio("0", "sendonly", 111)));
        SdpSession off = answer(offer("0", audio("0", "inactive", 111)));
        SdpSession back = answer(offer("0", audio("0", "sendrecv", 111)));
        assertEquals(MediaDirection.SENDRECV, direction(first, 0));
        assertEquals(MediaDirection.RECVONLY, direction(hold, 0));
        assertEquals(MediaDirection.INACTIVE, direction(off, 0));
        assertEquals(MediaDirection.SENDRECV, direction(back, 0));
        assertEquals(
                List.of("1", "2", "3", "4"),
                List.of(
                        first.origin().version(),
                        hold.origin().version(),
                        off.origin().version(),
                        back.origin().version()));
    }

    @Test
    void ourOwnOffersNameComfortNoiseBesideG711() {
        String offer = negotiation.offer(OFFERED, Optional.empty(), MediaDirection.SENDRECV, false);
        assertTrue(offer.contains("SAVPF 111 0 13 "), offer);
        assertTrue(offer.contains("a=rtpmap:13 CN/8000\r\n"), offer);
    }

    @Test
    void aNumberMayMeanOpusInOneOfferAndAnotherInTheNext() throws Exception {
        answer(offer("0", audio("0", "sendrecv", 111)));
        Proposal next = consider(offer("0", audio("0", "sendrecv", 96)));
        assertEquals(96, next.agreement().audio().orElseThrow().payloadType());
        negotiation.answer(next, ANSWERED, Optional.empty());
        // And our own offers keep to it.
        assertTrue(negotiation
                .offer(OFFERED, Optional.empty(), MediaDirection.SENDRECV, false)
                .contains("a=rtpmap:96 opus/48000/2\r\n"));
    }

    @Test
    void ourSourceStaysInItsSectionThroughAHoldAndGoesAlongWhenTheVoiceMoves() throws Exception {
        answer(offer("0", audio("0", "sendrecv", 111)));
        SdpSession hold = answer(offer("0 1", audio("0", "inactive", 111), audio("1", "inactive", 111)));
        assertTrue(hold.media().get(0).has("ssrc"));
        assertFalse(hold.media().get(0).has("msid"));
        assertFalse(hold.media().get(1).has("ssrc"));
        SdpSession moved = answer(offer("0 1", audio("0", "inactive", 111), audio("1", "sendrecv", 111)));
        assertFalse(moved.media().get(0).has("ssrc"));
        assertTrue(moved.media().get(1).has("ssrc"));
    }

    @Test
    void theVoiceMovesToTheSectionThatSends() throws Exception {
        answer(offer("0", audio("0", "sendrecv", 111)));
        // removeTrack and addTrack: the browser listens on the first section, and speaks on a new one.
        SdpSession moved = answer(offer("0 1", audio("0", "recvonly", 111), audio("1", "sendonly", 111)));
        assertEquals(MediaDirection.SENDONLY, direction(moved, 0));
        assertEquals(MediaDirection.RECVONLY, direction(moved, 1));
        assertTrue(moved.media().get(0).has("ssrc"));
        assertFalse(moved.media().get(1).has("ssrc"));
        assertEquals("BUNDLE 0 1", moved.attribute("group").orElseThrow());
        // Of two that speak the one that spoke before stays.
        SdpSession both = answer(offer("0 1", audio("0", "sendrecv", 111), audio("1", "sendonly", 111)));
        assertEquals(MediaDirection.SENDONLY, direction(both, 0));
        assertEquals(MediaDirection.RECVONLY, direction(both, 1));
    }

    @Test
    void dataChannelsShareTheBundle() throws Exception {
        SdpSession answer = answer(offer("0 1", audio("0", "sendrecv", 111), data("1")));
        assertEquals(List.of(10_000, 10_000), ports(answer));
        assertEquals("BUNDLE 0 1", answer.attribute("group").orElseThrow());
        assertEquals("5000", answer.media().get(1).attribute("sctp-port").orElseThrow());
        assertEquals(
                "262144", answer.media().get(1).attribute("max-message-size").orElseThrow());
        Proposal bare =
                consider(offer("0 1", audio("0", "sendrecv", 111), data("1").replaceAll("a=max-message-size.*\n", "")));
        assertEquals(65_536, bare.agreement().data().orElseThrow().maxMessageBytes());
        String noPort = offer("0 1", audio("0", "sendrecv", 111), data("1").replaceAll("a=sctp-port.*\n", ""));
        assertThrows(SdpException.class, () -> consider(noPort));
    }

    @Test
    void dataChannelsNeedNoAudio() throws Exception {
        Proposal proposal = consider(offer("0", data("0")));
        assertEquals(Optional.empty(), proposal.agreement().audio());
        assertTrue(proposal.agreement().data().isPresent());
    }

    @Test
    void dataOutsideTheBundleHasATransportOfItsOwn() throws Exception {
        // A client from before BUNDLE has one for each section.
        String offer = offer("", data("1").replace("X9GE", "data"), audio("0", "sendrecv", 111));
        Proposal proposal = consider(offer);
        Agreement agreement = proposal.agreement();
        assertEquals("X9GE", agreement.transport().credentials().ufrag());
        assertEquals(
                "data", agreement.dataTransport().orElseThrow().credentials().ufrag());
        SdpSession answer = SdpSession.parse(negotiation.answer(proposal, ANSWERED, Optional.of(APART)));
        assertEquals(List.of(10_000, 10_000), ports(answer));
        assertEquals("apart000", answer.media().get(0).attribute("ice-ufrag").orElseThrow());
        assertEquals("ufrag000", answer.media().get(1).attribute("ice-ufrag").orElseThrow());
        assertEquals(Optional.empty(), answer.attribute("group"));
        SdpSession ours =
                SdpSession.parse(negotiation.offer(OFFERED, Optional.of(APART), MediaDirection.SENDRECV, true));
        assertEquals("apart000", ours.media().get(0).attribute("ice-ufrag").orElseThrow());
        assertEquals("BUNDLE 0", ours.attribute("group").orElseThrow());
    }

    @Test
    void dataStaysWhereItBegan() throws Exception {
        answer(offer("0 1", audio("0", "sendrecv", 111), data("1")));
        assertEquals(List.of(10_000, 0), ports(answer(offer("0", audio("0", "sendrecv", 111), data("1")))));
        // Once it is gone it may begin anew.
        Proposal again = consider(offer("0", audio("0", "sendrecv", 111), data("1")));
        assertTrue(again.agreement().dataTransport().isPresent());
    }

    @Test
    void audioOutsideTheBundleIsRefused() throws Exception {
        SdpSession answer = answer(offer("0", audio("0", "sendrecv", 111), audio("1", "sendrecv", 111)));
        assertEquals(List.of(10_000, 0), ports(answer));
    }

    @Test
    void aSectionThatLivesInTheBundleAloneIsTaken() throws Exception {
        String only = data("1").replace("m=application 9", "m=application 0").replace(SECURITY, "a=bundle-only\n");
        assertEquals(List.of(10_000, 10_000), ports(answer(offer("0 1", audio("0", "sendrecv", 111), only))));
        String first =
                audio("1", "sendrecv", 111).replace("m=audio 9", "m=audio 0").replace(SECURITY, "a=bundle-only\n");
        String video = "m=video 9 UDP/TLS/RTP/SAVPF 96\n" + SECURITY + "a=mid:0\na=rtpmap:96 VP8/90000\n";
        SdpSession answer = answer(offer("0 1", video, first));
        assertEquals(List.of(0, 10_000), ports(answer));
        assertEquals("BUNDLE 1", answer.attribute("group").orElseThrow());
    }

    @Test
    void refusedSectionsKeepTheirPlacesInOurOffers() throws Exception {
        String video = "m=video 9 UDP/TLS/RTP/SAVPF 96\n" + SECURITY + "a=mid:v\na=rtpmap:96 VP8/90000\n";
        answer(offer("a v", audio("a", "sendrecv", 111), video));
        SdpSession ours = SdpSession.parse(negotiation.offer(OFFERED, Optional.empty(), MediaDirection.INACTIVE, true));
        assertEquals(List.of(10_000, 0, 10_000), ports(ours));
        assertEquals("v", ours.media().get(1).attribute("mid").orElseThrow());
        assertEquals("2", ours.media().get(2).attribute("mid").orElseThrow());
        assertEquals("BUNDLE a 2", ours.attribute("group").orElseThrow());
        assertEquals(MediaDirection.INACTIVE, direction(ours, 0));
        assertEquals(SignalingState.HAVE_LOCAL_OFFER, negotiation.state());
    }

    @Test
    void anAnswerMustFitItsOffer() throws Exception {
        String answer = offer("0", audio("0", "sendrecv", 111));
        Proposal early = consider(answer);
        assertThrows(SdpException.class, () -> negotiation.accept(early));
        negotiation.offer(OFFERED, Optional.empty(), MediaDirection.SENDRECV, true);
        Proposal tooFew = consider(answer);
        assertThrows(SdpException.class, () -> negotiation.accept(tooFew));
        assertEquals(SignalingState.HAVE_LOCAL_OFFER, negotiation.state());
        negotiation.accept(consider(offer("0 1", audio("0", "sendrecv", 111), data("1"))));
        assertEquals(SignalingState.STABLE, negotiation.state());
    }

    @Test
    void anOfferOfNothingUsefulIsAnError() throws Exception {
        String video = offer("0", "m=video 9 UDP/TLS/RTP/SAVPF 96\n" + SECURITY + "a=mid:0\n");
        assertThrows(SdpException.class, () -> consider(video));
    }
}
