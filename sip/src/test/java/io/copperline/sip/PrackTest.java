package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Message;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 3262 in simulated time: reliable provisional responses of the peer, and of ours. */
class PrackTest {
    private static final Header REQUIRED = new Header("Require", "100rel");

    private final Bench bench = new Bench();
    private final Events events = bench.events;
    private final Bench.Answers answers = new Bench.Answers();
    private int cseq = 7;

    private static String header(Message message, String name) {
        return message.headers().first(name).orElse("");
    }

    private static DialogSettings dialogs(Prack prack) {
        return new DialogSettings(Duration.ZERO, Duration.ofSeconds(90), prack);
    }

    private static Response reliable(FakeWire.Sent invite, int status, String tag, long rseq) {
        return invite.response(status, tag).with(List.of(REQUIRED, new Header("RSeq", Long.toString(rseq))));
    }

    private static Response reliable(FakeWire.Sent invite, int status, String tag, long rseq, String sdp) {
        return reliable(invite, status, tag, rseq).withBody("application/sdp", sdp);
    }

    private Leg isCalled(String sdp, Header... headers) {
        Request invite = Bench.invite(sdp);
        Request asking = new Request("INVITE", invite.uri(), invite.headers().with(List.of(headers)), invite.body());
        Leg leg = Leg.incoming(bench.parts, bench.line(), Runnable::run, asking, answers);
        leg.heardBy(events);
        bench.legs.addIncoming(leg, "theirs");
        return leg;
    }

    private Response pracks(Leg leg, String rack, String sdp) {
        return asks(leg, "PRACK", sdp, new Header("RAck", rack));
    }

    private Response asks(Leg leg, String method, String sdp, Header... headers) {
        cseq++;
        Request bare = OfferedTest.fromCaller(leg, method, cseq, sdp);
        Bench.Answers heard = new Bench.Answers();
        leg.onRequest(new Request(method, bare.uri(), bare.headers().with(List.of(headers)), bare.body()), heard);
        return heard.last();
    }

    private String rack() {
        return header(answers.last(), "RSeq") + " 7 INVITE";
    }

    // ---- the peer's

    @Test
    void acknowledgesEachReliableResponseOnceAndInOrder() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.listener.onResponse(reliable(invite, 180, "far", 4711));
        Request prack = bench.wire.only("PRACK").request;
        assertEquals("4711 1 INVITE", header(prack, "RAck"));
        assertEquals("2 PRACK", header(prack, "CSeq"));
        assertEquals("far", prack.toTag());
        assertEquals("sip:far@192.0.2.9:5080", prack.uri());
        invite.listener.onResponse(reliable(invite, 180, "far", 4711));
        invite.listener.onResponse(reliable(invite, 183, "far", 4713, Bench.sdp(40000)));
        assertEquals(1, bench.wire.count("PRACK"), "neither a repetition nor one too early");
        assertEquals(0, events.count("early"));
        invite.listener.onResponse(reliable(invite, 183, "far", 4712, Bench.sdp(40000)));
        assertEquals(2, bench.wire.count("PRACK"));
        assertEquals("4712 1 INVITE", header(bench.wire.last().request, "RAck"));
        assertEquals(List.of("trying", "ringing", "early PCMU SENDRECV"), events.all);
    }

    @Test
    void eachForkCountsForItself() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.listener.onResponse(reliable(invite, 180, "a", 10));
        invite.listener.onResponse(reliable(invite, 180, "b", 10));
        assertEquals(2, bench.wire.count("PRACK"));
        assertEquals("2 PRACK", header(bench.wire.last().request, "CSeq"));
        assertEquals("b", bench.wire.last().request.toTag());
    }

    @Test
    void theDialogCountsOnFromItsPracks() {
        Leg leg = bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.listener.onResponse(reliable(invite, 183, "far", 1, Bench.sdp(40000)));
        invite.answer(200, "far");
        assertEquals(1, events.count("answered"), "the answer in a reliable 183 is the answer");
        assertEquals("1 ACK", header(bench.wire.acks.getFirst(), "CSeq"));
        leg.hangUp(16);
        assertEquals("3 BYE", header(bench.wire.last().request, "CSeq"));
    }

    @Test
    void aForkThatAnswersLateIsHungUpWithTheNextNumber() {
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        invite.listener.onResponse(reliable(invite, 180, "b", 1));
        invite.answer(200, "a", Bench.sdp(40000));
        invite.answer(200, "b", Bench.sdp(41000));
        assertEquals("3 BYE", header(bench.wire.only("BYE").request, "CSeq"));
    }

    @Test
    void anUpdateInTheEarlyDialogMovesTheAudio() {
        Leg leg = bench.call();
        FakeWire.Sent invite = bench.wire.last();
        String moved = Bench.sdp(40010, 2, "192.0.2.9", "sendrecv", "8");
        assertEquals(500, bench.asks(leg, "UPDATE", "application/sdp", moved).status());
        invite.listener.onResponse(reliable(invite, 183, "far", 1, Bench.sdp(40000)));
        assertEquals(200, bench.asks(leg, "UPDATE", "application/sdp", moved).status());
        assertEquals(AudioCodec.PCMA, events.audio.codec());
        invite.answer(200, "far");
        assertEquals(40010, events.audio.remoteRtp().orElseThrow().getPort());
        assertEquals(1, events.count("answered"));
    }

    @Test
    void insistsWhereItIsRequiredAndIsSilentWhereItIsOff() {
        bench.settings = Sample.kept(bench.settings, dialogs(Prack.REQUIRED));
        bench.call();
        assertEquals("100rel", header(bench.wire.last().request, "Require"));
        bench.settings = Sample.kept(bench.settings, dialogs(Prack.OFF));
        bench.call();
        FakeWire.Sent invite = bench.wire.last();
        assertEquals("replaces, 199", header(invite.request, "Supported"));
        invite.listener.onResponse(reliable(invite, 180, "far", 1));
        assertEquals(0, bench.wire.count("PRACK"));
        assertEquals(1, events.count("ringing"));
    }

    // ---- ours

    @Test
    void repeatsARequiredRingingUntilItsPrack() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.ring();
        assertEquals(180, answers.status());
        assertEquals("100rel", header(answers.last(), "Require"));
        bench.timers.advance(Duration.ofMillis(3500));
        assertEquals(4, answers.all.size(), "at 0.5, 1.5 and 3.5 s");
        assertEquals(481, pracks(leg, "1 7 INVITE", "").status());
        assertEquals(481, pracks(leg, "nonsense", "").status());
        assertEquals(200, pracks(leg, rack(), "").status());
        bench.timers.advance(Duration.ofMinutes(1));
        assertEquals(4, answers.all.size());
        assertEquals(481, pracks(leg, rack(), "").status(), "it is acknowledged already");
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void refusesTheCallWhereNoPrackEverComes() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.ring();
        bench.timers.advance(Duration.ofSeconds(32));
        assertEquals(504, answers.status());
        assertEquals(1, events.count("ended STACK UNREACHABLE 504"));
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void theSecondWaitsForThePrackOfTheFirst() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.ring();
        long first = Long.parseLong(header(answers.last(), "RSeq"));
        leg.audio(Sample.audio(30000));
        leg.earlyMedia();
        assertEquals(1, answers.all.size());
        pracks(leg, rack(), "");
        assertEquals(183, answers.status());
        assertEquals(Long.toString(first + 1), header(answers.last(), "RSeq"));
        assertTrue(answers.last().body().contains("m=audio 30000"));
    }

    @Test
    void theOkWaitsForThePrackOfTheAnswerAndHasNoneOfItsOwn() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.audio(Sample.audio(30000));
        leg.earlyMedia();
        leg.answer();
        assertEquals(183, answers.status());
        assertEquals(0, events.count("answered"));
        pracks(leg, rack(), "");
        assertEquals(200, answers.status());
        assertEquals("", answers.last().body());
        assertEquals(1, events.count("answered"));
    }

    @Test
    void theOkDoesNotWaitForThePrackOfAMereRinging() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.ring();
        String rack = rack();
        leg.audio(Sample.audio(30000));
        leg.answer();
        assertEquals(200, answers.status());
        assertTrue(answers.last().body().contains("m=audio 30000"));
        assertEquals(200, pracks(leg, rack, "").status(), "late, but for a response of ours");
        assertEquals(481, pracks(leg, rack, "").status());
        leg.onAck(OfferedTest.fromCaller(leg, "ACK", 7, ""));
        assertEquals(1, bench.timers.waiting(), "for the time when the caller may have forgotten the call");
    }

    @Test
    void anOfferInAPrackIsAnsweredInItsOk() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.audio(Sample.audio(30000, AudioCodec.PCMU, AudioCodec.PCMA));
        leg.earlyMedia();
        Response ok = pracks(leg, rack(), Bench.sdp(40010, 2, "192.0.2.9", "sendrecv", "8"));
        assertEquals(200, ok.status());
        assertTrue(ok.body().contains("PCMA"), ok.body());
        assertEquals(AudioCodec.PCMA, events.audio.codec());
    }

    @Test
    void anOfferInAPrackThatCannotBeMetIsRefusedAlone() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.audio(Sample.audio(30000));
        leg.earlyMedia();
        assertEquals(488, pracks(leg, rack(), "junk").status());
        leg.answer();
        assertEquals(200, answers.status());
    }

    @Test
    void anUpdateBeforeTheAnswerIsAnsweredOnceTheFirstOfferIs() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.audio(Sample.audio(30000, AudioCodec.PCMU, AudioCodec.PCMA));
        leg.earlyMedia();
        String moved = Bench.sdp(40010, 2, "192.0.2.9", "sendrecv", "8");
        assertEquals(500, asks(leg, "UPDATE", moved).status());
        pracks(leg, rack(), "");
        assertEquals(200, asks(leg, "UPDATE", moved).status());
        assertEquals(AudioCodec.PCMA, events.audio.codec());
    }

    @Test
    void anInviteWithoutOfferGetsOursByAReliable183() {
        Leg leg = isCalled("", REQUIRED);
        leg.ring();
        assertEquals(0, answers.all.size(), "the first reliable response must hold the offer, and there is none yet");
        leg.audio(Sample.audio(30000));
        leg.earlyMedia();
        assertEquals(183, answers.status());
        assertTrue(answers.last().body().contains("m=audio 30000"));
        assertEquals(200, pracks(leg, rack(), Bench.sdp(40000)).status());
        assertEquals(List.of("early PCMU SENDRECV"), events.all);
        leg.answer();
        assertEquals(200, answers.status());
        assertEquals("", answers.last().body());
        assertEquals(1, events.count("answered"));
    }

    @Test
    void aPrackWithoutTheAnswerThatItOwesEndsTheCall() {
        Leg leg = isCalled("", REQUIRED);
        leg.audio(Sample.audio(30000));
        leg.earlyMedia();
        assertEquals(488, pracks(leg, rack(), "").status());
        assertEquals(488, answers.status());
        assertEquals(1, events.count("ended STACK BAD_SDP"));
    }

    @Test
    void cancelAndRefusalStopTheRepetitions() {
        Leg leg = isCalled(Bench.sdp(40000), REQUIRED);
        leg.ring();
        leg.reject(486, 17);
        assertEquals(486, answers.status());
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void isReliableOnlyWhereItIsWanted() {
        Leg leg = isCalled(Bench.sdp(40000), new Header("Supported", "100rel"));
        leg.ring();
        assertEquals("", header(answers.last(), "RSeq"));
        bench.settings = Sample.kept(bench.settings, dialogs(Prack.REQUIRED));
        Leg other = isCalled(Bench.sdp(40000), new Header("Supported", "100rel"));
        other.ring();
        assertFalse(header(answers.last(), "RSeq").isEmpty());
    }

    @Test
    void readsRAckAsPeersWriteIt() {
        assertEquals(Optional.of(new RAck(4294967295L, 1, "INVITE")), rack("4294967295  1 INVITE"));
        assertEquals(Optional.empty(), rack("4294967296 1 INVITE"));
        assertEquals(Optional.empty(), rack("-1 1 INVITE"));
        assertEquals(Optional.empty(), rack("1 INVITE"));
    }

    private static Optional<RAck> rack(String value) {
        return RAck.of(Bench.invite("").with("RAck", value));
    }
}
