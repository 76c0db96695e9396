package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.config.CallLimits;
import io.copperline.config.RouteLimits;
import io.copperline.gateway.media.BrowserFailure;
import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.MediaTrouble;
import io.copperline.sip.Emergency;
import io.copperline.sip.SipEnd;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class OutboundCallTest {
    private final CallBench bench = new CallBench();

    private OutboundCall placed(String... trunks) {
        OutboundCall call = bench.outbound(trunks);
        assertEquals("answer to offer", call.place("offer").answer());
        return call;
    }

    private OutboundCall talking() {
        OutboundCall call = placed("a");
        bench.legs.getFirst().listener.trying();
        bench.legs.getFirst().listener.ringing();
        bench.legs.getFirst().listener.audio(CallBench.negotiated(), false);
        bench.legs.getFirst().listener.answered();
        return call;
    }

    @Test
    void goesFromTryingToAnsweredToHungUp() {
        OutboundCall call = talking();
        call.hangUp();
        assertEquals(List.of("Trying", "Ringing", "Answered", "Ended"), CallBench.events(call));
        assertEquals(EndCode.HANGUP, CallBench.end(call).code());
        assertEquals(CallEvent.Party.BROWSER, CallBench.end(call).by());
        assertEquals(List.of("hangUp 16"), bench.legs.getFirst().asked);
        assertTrue(bench.audio.closed);
        assertTrue(bench.ticked.isEmpty());
        assertEquals("hangup", bench.records.getFirst().endCode());
        assertEquals("call@a", bench.records.getFirst().sipCallId());
        assertEquals("", bench.records.getFirst().cause());
    }

    @Test
    void endsOnceHoweverManySidesEndIt() {
        OutboundCall call = talking();
        call.hangUp();
        call.news().browserFailed(BrowserFailure.CLOSED);
        bench.legs.getFirst().listener.ended(new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.HANGUP, 200, 16, "bye", false));
        assertEquals(1, CallBench.events(call).stream().filter("Ended"::equals).count());
        assertEquals(1, bench.records.size());
    }

    @Test
    void ringbackIsHeardUntilTheTrunkSpeaks() {
        OutboundCall call = placed("a");
        bench.legs.getFirst().listener.ringing();
        assertTrue(bench.audio.asked.contains("ringback true"));
        bench.audio.listener.trunkAudioStarted();
        bench.legs.getFirst().listener.ringing();
        assertEquals(List.of("Ringing", "EarlyMedia"), CallBench.events(call));
        assertEquals(CallSnapshot.State.EARLY_MEDIA, call.state());
    }

    @Test
    void theNextTrunkIsTriedWhileNothingRang() {
        OutboundCall call = placed("a", "b");
        bench.legs.getFirst().refused(503, true);
        assertEquals(List.of("open a", "open b"), bench.audio.asked);
        bench.legs.getFirst().listener.ringing(); // What the first trunk still says is no longer heard.
        assertEquals(List.of(), CallBench.events(call));
        bench.legs.get(1).listener.ringing();
        bench.legs.get(1).refused(486, false);
        assertEquals(EndCode.BUSY, CallBench.end(call).code());
        assertEquals("b", bench.records.getFirst().trunk());
        assertEquals("no", bench.records.getFirst().cause());
        assertEquals(17, bench.records.getFirst().q850(), "the code's own, where the carrier gives none");
    }

    @Test
    void afterTheFirstRingNoOtherTrunkIsTried() {
        OutboundCall call = placed("a", "b");
        bench.legs.getFirst().listener.ringing();
        bench.legs.getFirst().refused(503, true);
        assertEquals(1, bench.legs.size());
        assertEquals(EndCode.CONGESTION, CallBench.end(call).code());
    }

    @Test
    void aTrunkThatIsFullIsPassedOver() {
        bench.limiter = new CallLimiter(limits("a", 1));
        OutboundCall first = placed("a", "b");
        placed("a", "b");
        assertEquals(
                List.of("a", "b"), bench.legs.stream().map(leg -> leg.trunk).toList());
        first.hangUp();
        placed("a", "b");
        assertEquals("a", bench.legs.getLast().trunk);
    }

    @Test
    void whereAllTrunksAreFullTheCallEnds() {
        bench.limiter = new CallLimiter(limits("a", 1));
        placed("a");
        assertEquals(EndCode.LIMIT_REACHED, CallBench.end(placed("a")).code());
        // A trunk that was tried has more to say than one that is full.
        OutboundCall call = placed("b", "a");
        bench.legs.getLast().refused(503, true);
        assertEquals(EndCode.CONGESTION, CallBench.end(call).code());
    }

    @Test
    void aCallEndsWhenTheMinutesOfItsTrunkAreUsedUp() {
        CallLimits aMinute = new CallLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(1));
        bench.limiter = new CallLimiter(new RouteLimits(Map.of("a", aMinute), List.of(), ZoneOffset.UTC));
        OutboundCall first = placed("a");
        bench.legs.getLast().listener.answered();
        OutboundCall elsewhere = placed("b");
        bench.legs.getLast().listener.answered();
        bench.run(Duration.ofSeconds(10));
        OutboundCall second = placed("a");
        bench.legs.getLast().listener.answered();
        bench.run(Duration.ofSeconds(24));
        assertTrue(first.talking() && second.talking(), "34 s and 24 s");
        bench.run(Duration.ofSeconds(2));
        assertEquals(EndCode.MINUTES_USED_UP, CallBench.end(first).code());
        assertEquals(EndCode.MINUTES_USED_UP, CallBench.end(second).code());
        assertTrue(elsewhere.talking());
    }

    private static RouteLimits limits(String trunk, int calls) {
        CallLimits few = new CallLimits(OptionalInt.of(calls), OptionalInt.empty(), OptionalInt.empty());
        return new RouteLimits(Map.of(trunk, few), List.of(), ZoneOffset.UTC);
    }

    @Test
    void anEmergencyCallGoesOnWhateverATrunkSaysAndTellsOfIt() {
        bench.limiter = new CallLimiter(limits("b", 1));
        placed("b");
        OutboundCall call = bench.emergency("a", "b");
        call.place("offer");
        assertEquals(Optional.of(new Emergency(Optional.empty(), bench.wallTime())), bench.lastWanted.emergency());
        bench.legs.getLast().listener.ringing();
        bench.legs.getLast().refused(404, false);
        assertEquals("b", bench.legs.getLast().trunk);
        CallEvent.NextTrunk failed =
                call.story().first(CallEvent.NextTrunk.class).orElseThrow();
        assertEquals("a", failed.trunk());
        assertEquals(EndCode.NUMBER_NOT_FOUND, failed.code());
        bench.legs.getLast().listener.answered();
        assertEquals(List.of("Ringing", "NextTrunk", "Answered"), CallBench.events(call));
        bench.run(Duration.ofHours(5));
        assertTrue(call.talking());
    }

    @Test
    void aTrunkThatIsDownIsPassedOver() {
        bench.down.add("a");
        placed("a", "b");
        assertEquals("b", bench.legs.getFirst().trunk);
    }

    @Test
    void aTrunkThatIsDownIsTheLastResort() {
        bench.down.add("a");
        placed("a", "b");
        bench.legs.getFirst().refused(503, true);
        assertEquals("a", bench.legs.get(1).trunk);
    }

    @Test
    void theLastTrunkIsTriedEvenIfItIsDown() {
        bench.down.add("a");
        placed("a");
        assertEquals(1, bench.legs.size());
    }

    @Test
    void hangingUpBeforeTheAnswerCancels() {
        OutboundCall call = placed("a");
        bench.legs.getFirst().listener.ringing();
        call.hangUp();
        assertEquals(EndCode.CANCELLED, CallBench.end(call).code());
        assertEquals(1, bench.legs.getFirst().asked.size());
    }

    @Test
    void noFreePortIsCongestion() {
        OutboundCall call = bench.outbound("a");
        bench.audio.portsFree = false;
        call.place("offer");
        assertEquals(EndCode.CONGESTION, CallBench.end(call).code());
        assertTrue(bench.audio.closed);
    }

    @Test
    void aBadOfferLeavesNothingBehind() {
        OutboundCall call = bench.outbound("a");
        CallRefused refused = assertThrows(CallRefused.class, () -> call.place(""));
        assertEquals(CallRefused.Code.BAD_OFFER, refused.code());
        assertTrue(bench.audio.closed);
        assertTrue(bench.ticked.isEmpty());
        assertTrue(bench.records.isEmpty());
    }

    @Test
    void theTokensLimitEndsTheCall() {
        OutboundCall call = talking();
        bench.run(Duration.ofSeconds(61));
        assertEquals(EndCode.MAX_DURATION, CallBench.end(call).code());
        assertEquals(
                60,
                Duration.between(
                                call.snapshot().answeredAt().orElseThrow(),
                                CallBench.end(call).at())
                        .toSeconds());
    }

    @Test
    void aLostBrowserEndsTheTrunkLeg() {
        OutboundCall call = talking();
        bench.audio.listener.browserFailed(BrowserFailure.LOST);
        assertEquals(EndCode.BROWSER_LOST, CallBench.end(call).code());
        assertEquals(List.of("hangUp 41"), bench.legs.getFirst().asked);
    }

    @Test
    void digitsAreToldAsTheyWentOut() {
        OutboundCall call = talking();
        bench.audio.listener.digitForInfo('5', 120);
        bench.legs.getFirst().listener.dtmfSent('5', 120, 200);
        bench.audio.listener.digitFromPhone('#', 80, DigitPath.RFC4733);
        bench.audio.listener.trouble(MediaTrouble.NO_AUDIO, true, bench.nowNanos);
        assertEquals(List.of("info 5 120"), bench.legs.getFirst().asked);
        call.hangUp();
        assertEquals(1, bench.records.getFirst().digitsToPhone());
        assertEquals(1, bench.records.getFirst().digitsFromPhone());
        assertEquals("no-audio:trunk", bench.records.getFirst().mediaTrouble());
    }

    @Test
    void aDigitThatTheTrunkDoesNotTakeByInfoIsAToneOrIsToldOf() {
        OutboundCall call = talking();
        bench.legs.getFirst().listener.dtmfSent('5', 120, 415);
        assertEquals("tone 5 120", bench.audio.asked.getLast());
        assertFalse(CallBench.events(call).contains("DtmfFailed"), "it goes out by another way");
        bench.legs.getFirst().listener.dtmfSent('#', 120, 405);
        bench.legs.getFirst().listener.dtmfSent('6', 120, 0);
        assertEquals(
                2, CallBench.events(call).stream().filter("DtmfFailed"::equals).count());
        call.hangUp();
        assertEquals(0, bench.records.getFirst().digitsToPhone());
    }

    @Test
    void aBugInTheAudioEndsThisCall() {
        OutboundCall call = talking();
        bench.audio.listener.audioFailed();
        assertEquals(EndCode.GATEWAY_ERROR, CallBench.end(call).code());
        assertEquals(List.of("hangUp 41"), bench.legs.getFirst().asked);
    }

    @Test
    void aPageThatDoesNotListenHoldsTheTrunk() {
        OutboundCall call = talking();
        bench.audio.listens = false;
        call.offers().renegotiate("inactive");
        call.offers().renegotiate("inactive, and a data channel");
        bench.audio.listens = true;
        call.offers().renegotiate("sendrecv");
        assertEquals(List.of("hold true", "hold false"), bench.legs.getFirst().asked);
        assertEquals(List.of("Trying", "Ringing", "Answered", "Hold", "Hold"), CallBench.events(call));
    }

    @Test
    void whoHoldsBeforeTheAnswerHoldsFromTheAnswerOn() {
        OutboundCall call = placed("a");
        bench.audio.listens = false;
        call.offers().renegotiate("inactive");
        assertEquals(List.of(), bench.legs.getFirst().asked);
        bench.legs.getFirst().listener.answered();
        assertEquals(List.of("hold true"), bench.legs.getFirst().asked);
    }

    @Test
    void aTrunkThatHoldsIsToldOf() {
        OutboundCall call = talking();
        bench.legs.getFirst().listener.audio(CallBench.negotiated(MediaDirection.RECVONLY), false);
        assertTrue(call.story().first(CallEvent.Hold.class).orElseThrow().held());
        // Held by us it does not hold us.
        bench.legs.getFirst().listener.audio(CallBench.negotiated(MediaDirection.SENDONLY), false);
        assertEquals(List.of("Trying", "Ringing", "Answered", "Hold", "Hold"), CallBench.events(call));
        assertEquals(List.of(), bench.legs.getFirst().asked);
    }

    @Test
    void theBrowserIsAskedForWideSoundWhereOneOfTheTrunksCarriesIt() {
        placed("a", "b");
        assertFalse(bench.audio.asked.contains("wideband"));
        bench.wide.add("b");
        placed("a", "b");
        assertEquals("wideband", bench.audio.asked.getFirst());
    }

    @Test
    void audioIsDueFromTheAnswerOn() {
        placed("a");
        bench.legs.getFirst().listener.audio(CallBench.negotiated(), true);
        assertTrue(bench.audio.asked.contains("trunk SENDRECV"));
        assertTrue(!bench.audio.asked.contains("answered"));
        bench.legs.getFirst().listener.answered();
        assertTrue(bench.audio.asked.contains("answered"));
    }
}
