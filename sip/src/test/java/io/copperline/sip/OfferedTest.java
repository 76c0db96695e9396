package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferedTest {
    private final Bench bench = new Bench();
    private final Events events = bench.events;
    private final Bench.Answers answers = new Bench.Answers();

    private Request ack(Leg leg, String sdp) {
        return fromCaller(leg, "ACK", 7, sdp);
    }

    static Request fromCaller(Leg leg, String method, int cseq, String sdp) {
        Request invite = Bench.invite(sdp);
        Headers headers = invite.headers()
                .without("CSeq")
                .without("To")
                .with(List.of(
                        new Header("CSeq", cseq + " " + method),
                        new Header("To", "<sip:+12025550100@198.51.100.1>;tag=" + leg.localTag())));
        return new Request(method, invite.uri(), headers, sdp);
    }

    @Test
    void ringsThenAnswersAndRepeatsTheOkUntilItsAck() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        leg.audio(Sample.audio(30000));
        leg.ring();
        assertEquals(180, answers.status());
        leg.answer();
        assertEquals(200, answers.status());
        assertTrue(answers.last().body().contains("m=audio 30000"));
        assertTrue(answers.last().contact().isPresent());
        assertEquals(List.of("early PCMU SENDRECV", "answered"), events.all);
        bench.timers.advance(Duration.ofMillis(600));
        assertEquals(3, answers.all.size());
        bench.timers.advance(Duration.ofSeconds(1));
        assertEquals(4, answers.all.size());
        leg.onAck(ack(leg, ""));
        bench.timers.advance(Duration.ofSeconds(40));
        assertEquals(4, answers.all.size());
        assertEquals(1, bench.timers.waiting(), "for the time when the caller may have forgotten the call");
    }

    @Test
    void anOfferThatNobodyCouldAnswerIsRefusedBeforeItRings() {
        assertTrue(bench.incoming(Bench.sdp(40000), answers).answerable());
        assertTrue(answers.all.isEmpty());
        bench.legs.open().forEach(bench.legs::remove);
        bench.settings = bench.settings.but().codecs(AudioCodec.G722).build();
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        assertFalse(leg.answerable());
        assertEquals(488, answers.status());
        leg.ring();
        assertEquals(1, answers.all.size());
        assertEquals(List.of("ended STACK NO_COMMON_CODEC 488"), events.all);
    }

    @Test
    void withoutAnOfferThereIsNothingToRefuse() {
        assertTrue(bench.incoming("", answers).answerable());
    }

    @Test
    void hangsUpWhenNoAckEverComes() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        leg.audio(Sample.audio(30000));
        leg.answer();
        bench.timers.advance(Duration.ofSeconds(33));
        bench.wire.only("BYE");
        assertEquals(1, events.count("ended STACK"));
        assertEquals(0, bench.legs.openCount());
    }

    @Test
    void offersInTheAnswerWhereTheInviteDoesNot() {
        Leg leg = bench.incoming("", answers);
        leg.audio(Sample.audio(30000));
        leg.earlyMedia();
        assertEquals(180, answers.status(), "no offer may stand in an unreliable 183");
        leg.answer();
        assertTrue(answers.last().body().contains("m=audio 30000"));
        assertEquals(0, events.count("answered"));
        leg.onAck(ack(leg, Bench.sdp(40000)));
        assertEquals(List.of("audio PCMU SENDRECV", "answered"), events.all);
    }

    @Test
    void hangsUpWhereTheAckBringsNoAnswer() {
        Leg leg = bench.incoming("", answers);
        leg.audio(Sample.audio(30000));
        leg.answer();
        leg.onAck(ack(leg, ""));
        bench.wire.only("BYE");
        assertEquals(SipEnd.Kind.BAD_SDP, events.end.kind());
    }

    @Test
    void opensAudioBeforeTheAnswer() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        leg.audio(Sample.audio(30000));
        leg.earlyMedia();
        assertEquals(183, answers.status());
        String early = answers.last().body();
        leg.answer();
        assertEquals(early, answers.last().body(), "RFC 3261 section 13.2.1: the same answer");
    }

    @Test
    void refusesWithCause() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        leg.reject(486, 17);
        assertEquals(486, answers.status());
        assertEquals("Q.850;cause=17", answers.last().headers().first("Reason").orElseThrow());
        assertEquals(SipEnd.Kind.REJECTED, events.end.kind());
        leg.answer();
        leg.hangUp(0);
        assertEquals(1, answers.all.size());
        assertEquals(1, events.count("ended"));
    }

    @Test
    void sendsTheCallerElsewhereForAMoment() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        leg.reject(503, 42);
        assertEquals(503, answers.status());
        assertEquals("2", answers.last().headers().first("Retry-After").orElseThrow());
    }

    @Test
    void isCancelled() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        leg.audio(Sample.audio(30000));
        Bench.Answers toCancel = new Bench.Answers();
        leg.onCancel(fromCaller(leg, "CANCEL", 7, ""), toCancel);
        assertEquals(200, toCancel.status());
        assertEquals(487, answers.status());
        assertEquals(SipEnd.Kind.CANCELLED, events.end.kind());
        assertEquals(SipEnd.By.REMOTE, events.end.by());
        leg.answer();
        assertEquals(487, answers.status(), "an answer that comes too late does nothing");
    }

    @Test
    void aCancelAfterTheAnswerChangesNothing() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        leg.audio(Sample.audio(30000));
        leg.answer();
        Bench.Answers toCancel = new Bench.Answers();
        leg.onCancel(fromCaller(leg, "CANCEL", 7, ""), toCancel);
        assertEquals(200, toCancel.status());
        assertEquals(0, events.count("ended"));
    }

    @Test
    void theCallerMayHangUpBeforeTheAnswer() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        Bench.Answers toBye = new Bench.Answers();
        leg.onRequest(fromCaller(leg, "BYE", 8, ""), toBye);
        assertEquals(200, toBye.status());
        assertEquals(487, answers.status());
        assertEquals(SipEnd.Kind.CANCELLED, events.end.kind());
    }

    @Test
    void refusesWhatItCannotMeet() {
        Leg leg = bench.incoming("v=0\r\nrubbish", answers);
        leg.audio(Sample.audio(30000));
        assertEquals(488, answers.status());
        assertEquals(SipEnd.Kind.BAD_SDP, events.end.kind());

        Bench other = new Bench();
        Bench.Answers second = new Bench.Answers();
        Leg video = other.incoming(
                Bench.sdp(40000).replace(" 0 101", " 18").replace("rtpmap:0 PCMU", "rtpmap:18 G729"), second);
        video.audio(Sample.audio(30000));
        assertEquals(488, second.status());
        assertEquals(SipEnd.Kind.NO_COMMON_CODEC, other.events.end.kind());
    }

    @Test
    void saysByeOnlyAfterTheAckOrAPatientMoment() {
        Leg leg = bench.incoming(Bench.sdp(40000), answers);
        leg.audio(Sample.audio(30000));
        leg.answer();
        leg.hangUp(16);
        assertEquals(0, bench.wire.count("BYE"), "RFC 3261 section 15");
        leg.onAck(ack(leg, ""));
        bench.wire.only("BYE");
        assertEquals(1, events.count("ended LOCAL HANGUP"));
        bench.timers.advance(Duration.ofSeconds(40));
        bench.wire.only("BYE");
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void followsTheRouteSetRatherThanTheContact() {
        Request invite = Bench.invite(Bench.sdp(40000));
        Request routed = new Request(
                invite.method(),
                invite.uri(),
                invite.headers()
                        .with("Record-Route", "<sip:p2.example.net;lr>")
                        .with("Record-Route", "<sip:192.0.2.50:5099;lr>"),
                invite.body());
        Leg leg = Leg.incoming(bench.parts, bench.line(), Runnable::run, routed, answers);
        leg.heardBy(events);
        leg.audio(Sample.audio(30000));
        leg.answer();
        leg.onAck(ack(leg, ""));
        leg.hangUp(0);
        FakeWire.Sent bye = bench.wire.only("BYE");
        assertEquals("p2.example.net", bye.hop.host());
        assertEquals("sip:bob@192.0.2.9:5080", bye.request.uri());
        assertEquals(
                List.of("<sip:p2.example.net;lr>", "<sip:192.0.2.50:5099;lr>"),
                bye.request.headers().all("Route"));
    }
}
