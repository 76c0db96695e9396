package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.WireFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallingTest {
    private final Bench bench = new Bench();
    private final Events events = bench.events;

    @Test
    void sendsASmallInviteThatNamesUsTruly() {
        bench.call();
        Request invite = bench.wire.only("INVITE").request;
        assertEquals("sip:+12025550100@127.0.0.1:5070", invite.uri());
        assertEquals(
                "SIP/2.0/UDP 198.51.100.1:5060;rport",
                invite.headers().first("Via").orElseThrow());
        assertEquals(
                "<sip:+12025550150@198.51.100.1:5060>",
                invite.headers().first("Contact").orElseThrow());
        assertTrue(invite.headers()
                .first("From")
                .orElseThrow()
                .startsWith("\"Alice\" <sip:+12025550150@198.51.100.1>;tag="));
        assertEquals(
                "100rel, timer, replaces, 199",
                invite.headers().first("Supported").orElseThrow());
        int bytes = invite.toString().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < 1300, "RFC 3261 section 18.1.1: " + bytes);
    }

    @Test
    void tellsWhatHappensInOrder() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(100, "");
        invite.answer(180, "far");
        invite.answer(180, "far");
        invite.answer(183, "far", Bench.sdp(40000));
        invite.answer(200, "far", Bench.sdp(40000));
        assertEquals(List.of("trying", "ringing", "early PCMU SENDRECV", "answered"), events.all);
        assertEquals(1, bench.wire.acks.size());
        assertEquals("sip:far@192.0.2.9:5080", bench.wire.acks.getFirst().uri());
        assertEquals(1, bench.legs.openCount());
    }

    @Test
    void takesTheAnswersOtherCodecAndPort() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(183, "far", Bench.sdp(40000));
        invite.answer(200, "far", Bench.sdp(40002, 2, "192.0.2.77", "sendrecv", "8"));
        assertEquals(AudioCodec.PCMA, events.audio.codec());
        assertEquals(40002, events.audio.remoteRtp().orElseThrow().getPort());
        assertEquals(1, events.count("audio PCMA"));
    }

    @Test
    void takesTheEarlyAnswerWhereTheOkHasNone() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(183, "far", Bench.sdp(40000));
        invite.answer(200, "far");
        assertEquals(1, events.count("answered"));
        assertEquals(0, bench.wire.count("BYE"));
    }

    @Test
    void hearsTheForkThatSpokeLastAndThenTheOneThatAnswers() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(183, "a", Bench.sdp(40000));
        invite.answer(183, "b", Bench.sdp(41000));
        invite.answer(183, "a", Bench.sdp(40000));
        assertEquals(
                41000, events.audio.remoteRtp().orElseThrow().getPort(), "a repetition does not take the ear back");
        invite.answer(200, "a");
        assertEquals(40000, events.audio.remoteRtp().orElseThrow().getPort());
    }

    @Test
    void aForkThatGivesUpHandsTheEarBack() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(183, "a", Bench.sdp(40000));
        invite.answer(183, "b", Bench.sdp(41000));
        invite.answer(199, "a");
        assertEquals(41000, events.audio.remoteRtp().orElseThrow().getPort(), "it was not the one that is heard");
        invite.answer(183, "c", Bench.sdp(42000));
        invite.answer(199, "c");
        assertEquals(41000, events.audio.remoteRtp().orElseThrow().getPort());
        invite.answer(199, "b");
        invite.answer(200, "d", Bench.sdp(43000));
        assertEquals(43000, events.audio.remoteRtp().orElseThrow().getPort());
        assertEquals(1, events.count("answered"));
    }

    @Test
    void earlyMediaThatIsNotAuthorizedIsNotHeard() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        assertEquals(
                "supported", invite.request.headers().first("P-Early-Media").orElseThrow());
        invite.listener.onResponse(authorizing(invite, "inactive").withBody("application/sdp", Bench.sdp(40000)));
        assertEquals(MediaDirection.SENDONLY, events.audio.direction());
        invite.listener.onResponse(authorizing(invite, "gated, sendrecv"));
        assertEquals(MediaDirection.SENDRECV, events.audio.direction());
        invite.listener.onResponse(authorizing(invite, "recvonly"));
        assertEquals(MediaDirection.SENDONLY, events.audio.direction());
        invite.answer(200, "far");
        assertEquals(MediaDirection.SENDRECV, events.audio.direction(), "an answer is no early media");
    }

    private static Response authorizing(FakeWire.Sent invite, String direction) {
        return invite.response(183, "far").with("P-Early-Media", direction);
    }

    @Test
    void ringsOncePerFork() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(180, "a");
        invite.answer(180, "b");
        invite.answer(180, "a");
        assertEquals(2, events.count("ringing"));
        assertEquals(1, events.count("trying"));
    }

    @Test
    void acknowledgesARepeatedOkAndHangsUpTheOtherForks() {
        Leg leg = bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(200, "a", Bench.sdp(40000));
        invite.answer(200, "a", Bench.sdp(40000));
        assertEquals(2, bench.wire.acks.size());
        assertEquals(0, bench.wire.count("BYE"));
        leg.onStrayResponse(invite.response(200, "b").withBody("application/sdp", Bench.sdp(41000)));
        assertEquals(3, bench.wire.acks.size());
        assertEquals("b", bench.wire.only("BYE").request.toTag());
        assertEquals(40000, events.audio.remoteRtp().orElseThrow().getPort());
        assertEquals(0, events.count("ended"));
    }

    @Test
    void hangsUpWhereTheOkHasNoUsableSdp() {
        bench.call();
        bench.wire.last().answer(200, "far", "v=0\r\nnonsense");
        assertEquals(1, bench.wire.acks.size());
        bench.wire.only("BYE");
        assertEquals(SipEnd.Kind.BAD_SDP, events.end.kind());
        assertEquals(0, bench.legs.openCount());
    }

    @Test
    void hangsUpWhereNoCodecIsShared() {
        bench.call();
        bench.wire
                .last()
                .answer(
                        200,
                        "far",
                        Bench.sdp(40000).replace(" 0 101", " 18").replace("rtpmap:0 PCMU", "rtpmap:18 G729"));
        bench.wire.only("BYE");
        assertEquals(SipEnd.Kind.NO_COMMON_CODEC, events.end.kind());
    }

    @Test
    void survivesABadEarlyAnswer() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(183, "far", "garbage");
        invite.answer(200, "far", Bench.sdp(40000));
        assertEquals(1, events.count("answered"));
        assertEquals(1L, bench.drops.counts().get(Drop.BAD_SDP));
    }

    @Test
    void refusalsKnowWhetherAnotherTrunkMayDoBetter() {
        assertEnd(486, SipEnd.Kind.REJECTED, false);
        assertEnd(603, SipEnd.Kind.REJECTED, false);
        assertEnd(404, SipEnd.Kind.REJECTED, false);
        assertEnd(302, SipEnd.Kind.REJECTED, false);
        assertEnd(408, SipEnd.Kind.TIMEOUT, true);
        assertEnd(500, SipEnd.Kind.REJECTED, true);
        assertEnd(503, SipEnd.Kind.OVERLOAD, true);
        assertEnd(401, SipEnd.Kind.AUTHENTICATION, false);
    }

    private static void assertEnd(int status, SipEnd.Kind kind, boolean retryable) {
        Bench one = new Bench();
        one.call();
        one.wire.last().answer(status, "far");
        assertEquals(kind, one.events.end.kind());
        assertEquals(status, one.events.end.status());
        assertEquals(retryable, one.events.end.retryable());
        assertEquals(0, one.events.end.q850(), "no Reason header, no cause");
        assertEquals(1, one.events.count("ended"));
        assertEquals(0, one.timers.waiting());
    }

    @Test
    void aRefusalOfTheTransportIsOneOfOurEncryption() {
        bench.call();
        bench.wire
                .last()
                .listener
                .onResponse(bench.wire
                        .last()
                        .response(488, "far")
                        .with("Warning", "302 carrier.example \"Incompatible transport protocol\""));
        assertEquals(SipEnd.Kind.NO_COMMON_ENCRYPTION, events.end.kind());
        assertEquals(488, events.end.status());
    }

    @Test
    void readsTheCauseOfARefusal() {
        bench.call();
        Response busy = bench.wire.last().response(480, "far").with("Reason", "Q.850;cause=19;text=\"no answer\"");
        bench.wire.last().listener.onResponse(busy);
        assertEquals(19, events.end.q850());
    }

    @Test
    void givesUpOnASilentCarrierAfterTenSeconds() {
        bench.call();
        bench.timers.advance(Duration.ofSeconds(11));
        assertEquals(SipEnd.Kind.UNREACHABLE, events.end.kind());
        assertTrue(events.end.retryable());
        // Its late answer is still dealt with.
        bench.wire.last().answer(200, "far", Bench.sdp(40000));
        assertEquals(1, bench.wire.acks.size());
        bench.wire.only("BYE");
        assertEquals(1, events.count("ended"));
    }

    @Test
    void aLateRingIsCancelled() {
        bench.call();
        bench.timers.advance(Duration.ofSeconds(11));
        bench.wire.last().answer(180, "far");
        assertEquals(1, bench.wire.last().cancels.size());
    }

    @Test
    void tellsAtOnceWhenTheCarrierCannotBeReached() {
        bench.call();
        bench.wire.last().listener.onFailure(WireFailure.UNREACHABLE, "connection refused");
        assertEquals(SipEnd.Kind.UNREACHABLE, events.end.kind());
        assertTrue(events.end.retryable());
        assertEquals("connection refused", events.end.reason());
    }

    @Test
    void cancelsWhenNobodyAnswersInTime() {
        bench.call();
        bench.wire.last().answer(180, "far");
        bench.timers.advance(Duration.ofSeconds(61));
        assertEquals(SipEnd.Kind.TIMEOUT, events.end.kind());
        assertFalse(events.end.retryable());
        assertEquals(1, bench.wire.last().cancels.size());
    }

    @Test
    void waitsWithCancelForTheFirstResponse() {
        Leg leg = bench.call();
        leg.hangUp(16);
        FakeWire.Sent invite = bench.wire.last();
        assertEquals(0, invite.cancels.size());
        invite.answer(100, "");
        assertEquals(1, invite.cancels.size());
        assertEquals("Q.850;cause=16", invite.cancels.getFirst().getFirst().value());
        invite.answer(487, "far");
        assertEquals(SipEnd.Kind.CANCELLED, events.end.kind());
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void anOkThatCrossesTheCancelIsAcknowledgedAndHungUp() {
        Leg leg = bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.answer(180, "far");
        leg.hangUp(0);
        invite.answer(200, "far", Bench.sdp(40000));
        assertEquals(1, bench.wire.acks.size());
        bench.wire.only("BYE");
        invite.answer(200, "far", Bench.sdp(40000));
        assertEquals(2, bench.wire.acks.size());
        bench.wire.only("BYE");
        assertEquals(1, events.count("ended"));
        assertEquals(0, events.count("answered"));
        assertEquals(SipEnd.Kind.CANCELLED, events.end.kind());
    }

    @Test
    void aCancelThatNobodyAnswersEndsAllTheSame() {
        Leg leg = bench.call();
        bench.wire.last().answer(180, "far");
        leg.hangUp(0);
        bench.timers.advance(Duration.ofSeconds(4));
        assertEquals(1, events.count("ended"));
        bench.timers.advance(Duration.ofMinutes(2));
        assertEquals(1, events.count("ended"));
        assertTrue(bench.legs.byOurTag(leg.sipCallId(), leg.localTag()).isEmpty(), "the ledger is empty");
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void aNameCannotSmuggleAHeaderIn() {
        Leg.outgoing(
                bench.parts,
                bench.line(),
                Runnable::run,
                events,
                new OutgoingCall("100\r\nEvil: 1", "200\r\nEvil: 2", java.util.Optional.of("x\"\r\nEvil: 3")),
                Sample.audio(30000));
        Request invite = bench.wire.last().request;
        assertFalse(invite.uri().contains("\n"));
        assertTrue(invite.headers().list().stream()
                .noneMatch(header -> header.value().contains("\n")));
        assertTrue(invite.headers().first("Evil").isEmpty());
    }
}
