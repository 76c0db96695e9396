package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TalkingTest {
    private final Bench bench = new Bench();
    private final Events events = bench.events;
    private final Leg leg = bench.talking();

    private void holds(String sdp, MediaDirection direction) {
        Bench.Answers answers = bench.reinvites(leg, sdp);
        assertEquals(200, answers.status());
        bench.acks(leg, "");
        assertEquals(direction, events.audio.direction());
    }

    @Test
    void isHeldInEveryWayAndResumed() {
        holds(Bench.sdp(40000, 2, "192.0.2.9", "sendonly", "0"), MediaDirection.RECVONLY);
        holds(Bench.sdp(40000, 3, "192.0.2.9", "sendrecv", "0"), MediaDirection.SENDRECV);
        holds(Bench.sdp(40000, 4, "192.0.2.9", "inactive", "0"), MediaDirection.INACTIVE);
        holds(Bench.sdp(40000, 5, "192.0.2.9", "sendrecv", "0"), MediaDirection.SENDRECV);
        holds(Bench.sdp(40000, 6, "0.0.0.0", "sendrecv", "0"), MediaDirection.RECVONLY);
        assertTrue(events.audio.remoteRtp().isEmpty());
        holds(Bench.sdp(40006, 7, "192.0.2.9", "sendrecv", "0"), MediaDirection.SENDRECV);
        assertEquals(40006, events.audio.remoteRtp().orElseThrow().getPort());
    }

    @Test
    void aRefreshDoesNotTouchTheAudio() {
        int before = events.all.size();
        assertEquals(200, bench.reinvites(leg, Bench.sdp(40000)).status());
        bench.acks(leg, "");
        assertEquals(
                200,
                bench.asks(leg, "UPDATE", "application/sdp", Bench.sdp(40000)).status());
        assertEquals(200, bench.asks(leg, "UPDATE", "", "").status());
        assertEquals(before, events.all.size());
    }

    @Test
    void anUpdateMovesTheAudio() {
        Bench.Answers answers =
                bench.asks(leg, "UPDATE", "application/sdp", Bench.sdp(40010, 2, "192.0.2.9", "sendrecv", "8"));
        assertEquals(200, answers.status());
        assertTrue(answers.last().body().contains("PCMA"));
        assertEquals(AudioCodec.PCMA, events.audio.codec());
    }

    @Test
    void anOfferlessReinviteGetsAFullOffer() {
        Bench.Answers answers = bench.reinvites(leg, "");
        assertEquals(200, answers.status());
        assertTrue(
                answers.last().body().contains("RTP/AVP 0 8 101"),
                answers.last().body());
        bench.acks(leg, Bench.sdp(40020, 2, "192.0.2.9", "sendrecv", "8"));
        assertEquals(AudioCodec.PCMA, events.audio.codec());
        assertEquals(40020, events.audio.remoteRtp().orElseThrow().getPort());
    }

    @Test
    void anOfferThatCannotBeMetChangesNothing() {
        assertEquals(488, bench.reinvites(leg, "junk").status());
        assertEquals(200, bench.asks(leg, "OPTIONS", "", "").status());
        assertEquals(0, events.count("ended"));
    }

    @Test
    void repeatsItsOkToAReinviteUntilTheAckAndElseHangsUp() {
        Bench.Answers answers = bench.reinvites(leg, Bench.sdp(40000));
        bench.timers.advance(Duration.ofSeconds(2));
        assertEquals(3, answers.all.size());
        assertEquals(491, bench.reinvites(leg, Bench.sdp(40000)).status());
        bench.timers.advance(Duration.ofSeconds(32));
        bench.wire.only("BYE");
        assertEquals(1, events.count("ended STACK"));
    }

    @Test
    void refusesTheLateAndTheUnknown() {
        bench.asks(leg, "OPTIONS", "", "");
        bench.peerCseq -= 2;
        assertEquals(500, bench.asks(leg, "OPTIONS", "", "").status(), "RFC 3261 section 12.2.2");
        bench.peerCseq += 5;
        assertEquals(405, bench.asks(leg, "REFER", "", "").status());
        assertEquals(501, bench.asks(leg, "FROBNICATE", "", "").status());
        assertEquals(
                bench.line().allow(),
                bench.asks(leg, "MESSAGE", "text/plain", "hello")
                        .last()
                        .headers()
                        .first("Allow")
                        .orElseThrow());
    }

    @Test
    void hearsDigitsByInfo() {
        assertEquals(
                200,
                bench.asks(leg, "INFO", InfoDtmf.RELAY, "Signal=*\r\nDuration=250\r\n")
                        .status());
        assertEquals(200, bench.asks(leg, "INFO", InfoDtmf.PLAIN, "9").status());
        assertEquals(
                415,
                bench.asks(leg, "INFO", "application/media_control+xml", "<x/>").status());
        assertEquals(200, bench.asks(leg, "INFO", "", "").status());
        assertEquals(1, events.count("dtmf * 250"));
        assertEquals(1, events.count("dtmf 9 160"));
        assertEquals(2, events.count("dtmf"));
    }

    @Test
    void sendsDigitsByInfo() {
        leg.sendInfoDtmf('a', 100);
        leg.sendInfoDtmf('x', 100);
        assertEquals(
                "Signal=A\r\nDuration=100\r\n", bench.wire.only("INFO").request.body());
        bench.wire.last().answer(200, "far");
        assertEquals(1, events.count("sent A 100 200"));
        leg.sendInfoDtmf('1', 100);
        bench.wire.last().answer(415, "far");
        leg.sendInfoDtmf('2', 100);
        bench.wire.last().listener.onFailure(WireFailure.TIMEOUT, "");
        assertEquals(1, events.count("sent 1 100 415"));
        assertEquals(1, events.count("sent 2 100 0"));
        assertEquals(0, events.count("ended"));
    }

    @Test
    void sendsNoDigitByInfoToAPeerThatSaysItTakesNone() {
        Bench other = new Bench();
        Leg deaf = other.call();
        deaf.sendInfoDtmf('4', 100);
        assertEquals(1, other.events.count("sent 4 100 405"), "nobody has answered yet");
        FakeWire.Sent invite = other.wire.last();
        invite.listener.onResponse(invite.response(200, "far")
                .with("Allow", "INVITE, ACK, BYE")
                .withBody("application/sdp", Bench.sdp(40000)));
        deaf.sendInfoDtmf('5', 100);
        assertEquals(0, other.wire.count("INFO"));
        assertEquals(1, other.events.count("sent 5 100 405"));
    }

    @Test
    void holdsThePeerAndTakesItBack() {
        leg.hold(true);
        FakeWire.Sent reinvite = bench.wire.last();
        assertTrue(reinvite.request.body().contains("a=sendonly"));
        assertTrue(reinvite.request.cseq() > 1);
        reinvite.answer(200, "far", Bench.sdp(40000, 2, "192.0.2.9", "recvonly", "0"));
        assertEquals(MediaDirection.SENDONLY, events.audio.direction());
        assertEquals(2, bench.wire.acks.size());
        reinvite.answer(200, "far", Bench.sdp(40000, 2, "192.0.2.9", "recvonly", "0"));
        assertEquals(3, bench.wire.acks.size());
        leg.hold(false);
        bench.wire.last().answer(200, "far", Bench.sdp(40000, 3, "192.0.2.9", "sendrecv", "0"));
        assertEquals(MediaDirection.SENDRECV, events.audio.direction());
    }

    @Test
    void wishesThatChangeMeanwhileFollow() {
        leg.hold(true);
        FakeWire.Sent first = bench.wire.last();
        leg.hold(false);
        assertEquals(first, bench.wire.last());
        first.answer(200, "far", Bench.sdp(40000, 2, "192.0.2.9", "recvonly", "0"));
        assertTrue(bench.wire.last().request.body().contains("a=sendrecv"));
    }

    @Test
    void waitsAndTriesAgainAfterGlare() {
        leg.hold(true);
        FakeWire.Sent first = bench.wire.last();
        assertEquals(
                491,
                bench.reinvites(leg, Bench.sdp(40000, 2, "192.0.2.9", "sendonly", "0"))
                        .status());
        first.answer(491, "far");
        bench.timers.advance(Duration.ofSeconds(2));
        assertEquals(first, bench.wire.last(), "the caller waits 2.1 s at least");
        bench.timers.advance(Duration.ofMillis(2100));
        assertTrue(bench.wire.last().request.cseq() > first.request.cseq());
    }

    @Test
    void waitsLessAfterGlareWhereTheCallIsTheirs() {
        Leg theirs = bench.incoming(Bench.sdp(40000), new Bench.Answers());
        theirs.audio(Sample.audio(30000, AudioCodec.PCMU));
        theirs.answer();
        bench.acks(theirs, "");
        theirs.hold(true);
        FakeWire.Sent first = bench.wire.last();
        assertEquals("INVITE", first.request.method());
        first.answer(491, "far");
        bench.timers.advance(Duration.ofSeconds(2));
        assertTrue(bench.wire.last().request.cseq() > first.request.cseq(), "2 s at most");
    }

    @Test
    void aRefusedHoldLeavesTheCallAsItWas() {
        leg.hold(true);
        bench.wire.last().answer(488, "far");
        assertEquals(0, events.count("ended"));
        assertEquals(MediaDirection.SENDRECV, events.audio.direction());
        holds(Bench.sdp(40000, 9, "192.0.2.9", "sendrecv", "0"), MediaDirection.SENDRECV);
    }

    @Test
    void endsWhenThePeerHasForgottenTheCall() {
        leg.hold(true);
        bench.wire.last().answer(481, "far");
        assertEquals(1, events.count("ended STACK UNREACHABLE"));
        assertEquals(0, bench.legs.openCount());
    }

    @Test
    void endsWhenTheReinviteGetsNoAnswer() {
        leg.hold(true);
        bench.wire.last().listener.onFailure(WireFailure.TIMEOUT, "");
        assertEquals(1, events.count("ended STACK UNREACHABLE"));
    }

    @Test
    void hangsUpOnceHoweverOftenAsked() {
        leg.hangUp(16);
        leg.hangUp(16);
        assertEquals(
                "Q.850;cause=16",
                bench.wire.only("BYE").request.headers().first("Reason").orElseThrow());
        assertEquals(481, bench.asks(leg, "BYE", "", "").status());
        assertEquals(1, events.count("ended"));
        assertEquals(0, bench.legs.openCount());
    }

    @Test
    void isHungUp() {
        assertEquals(200, bench.asks(leg, "BYE", "", "").status());
        assertEquals(1, events.count("ended REMOTE HANGUP"));
        // The OK to our INVITE may still be on its way again.
        bench.wire.sent.getFirst().answer(200, "far", Bench.sdp(40000));
        assertEquals(2, bench.wire.acks.size());
        bench.timers.advance(Duration.ofSeconds(40));
        assertTrue(bench.legs.byOurTag(leg.sipCallId(), leg.localTag()).isEmpty());
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void goesWhereThePeerHasMovedTo() {
        bench.asks(leg, "UPDATE", "", "");
        leg.hangUp(0);
        FakeWire.Sent bye = bench.wire.only("BYE");
        assertEquals("sip:far@192.0.2.10:5081", bye.request.uri());
        assertEquals(5081, bye.hop.port());
    }
}
