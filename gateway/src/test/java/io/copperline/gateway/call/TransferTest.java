package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.config.CallLimits;
import io.copperline.config.RouteLimits;
import io.copperline.gateway.call.CallEvent.TransferState;
import io.copperline.sip.Destination;
import io.copperline.sip.ReferTarget;
import io.copperline.sip.Referral;
import io.copperline.sip.Replaces;
import io.copperline.sip.SipEnd;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TransferTest {
    private static final SipEnd BYE = new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.HANGUP, 0, 16, "bye", false);

    private final CallBench bench = new CallBench();
    private final List<String> told = new ArrayList<>();

    private OutboundCall talking() {
        OutboundCall call = bench.outbound("a");
        call.place("offer");
        answers(bench.legs.getFirst());
        return call;
    }

    private static void answers(ScriptedLeg leg) {
        leg.listener.audio(CallBench.negotiated(), false);
        leg.listener.answered();
    }

    /** The carrier's REFER; what is told to it is kept. */
    private Referral refer(String user, boolean ofCarrier, Optional<Replaces> replaces) {
        return new Referral() {
            @Override
            public Destination to() {
                return new Destination("sip:" + user + "@carrier", user, "carrier", ofCarrier);
            }

            @Override
            public Optional<Replaces> replaces() {
                return replaces;
            }

            @Override
            public Optional<String> referredBy() {
                return Optional.of("<sip:bob@carrier>");
            }

            @Override
            public void refuse(int status, String why) {
                told.add("refuse " + status);
            }

            @Override
            public void accept() {
                told.add("accept");
            }

            @Override
            public void progress(int status) {
                told.add("progress " + status);
            }

            @Override
            public void succeeded() {
                told.add("succeeded");
            }

            @Override
            public void failed(int status) {
                told.add("failed " + status);
            }
        };
    }

    private void refers(String number) {
        bench.legs.getFirst().listener.referred(refer(number, true, Optional.empty()));
    }

    private static List<String> transfers(Call call) {
        List<String> states = new ArrayList<>();
        call.story().listen(Runnable::run, event -> {
            if (event instanceof CallEvent.Transfer transfer) {
                states.add(transfer.state() + " " + transfer.by() + " " + transfer.sipStatus());
            }
        });
        return states;
    }

    @Test
    void theCarrierHandsTheUserOn() {
        OutboundCall call = talking();
        refers("+12025550177");
        ScriptedLeg next = bench.legs.get(1);
        assertEquals("+12025550177", next.wanted.to());
        assertEquals("+12025550150", next.wanted.from());
        assertEquals(Optional.of("<sip:bob@carrier>"), next.wanted.onward().referredBy());
        next.listener.ringing();
        assertFalse(bench.audio.asked.contains("takeNext"), "the old phone is heard until the new one answers");
        answers(next);
        assertEquals(List.of("accept", "progress 180", "succeeded"), told);
        assertTrue(bench.audio.asked.contains("takeNext"));
        bench.legs.getFirst().listener.ended(BYE);
        assertFalse(call.over(), "the old leg's end is not the call's");
        assertEquals(List.of("STARTED TRUNK 0", "RINGING TRUNK 0", "SUCCEEDED TRUNK 200"), transfers(call));
        next.listener.dtmf('5', 100);
        assertTrue(CallBench.events(call).contains("Dtmf"), "the new phone is heard");
        next.listener.ended(BYE);
        assertEquals(EndCode.HANGUP, CallBench.end(call).code());
        assertEquals(1, bench.records.size());
    }

    @Test
    void theOldCallStaysWhereNobodyAnswers() {
        OutboundCall call = talking();
        refers("+12025550177");
        bench.legs.get(1).listener.ringing();
        bench.legs.get(1).refused(486, false);
        assertEquals(List.of("accept", "progress 180", "failed 486"), told);
        assertTrue(bench.audio.asked.contains("closeNext"));
        assertFalse(bench.audio.asked.contains("takeNext"));
        assertTrue(call.talking());
        refers("+12025550178");
        assertEquals("+12025550178", bench.legs.get(2).wanted.to(), "another try is welcome");
    }

    @Test
    void aTrunkThatIsDownComesLast() {
        OutboundCall call = talking();
        bench.down.add("a");
        refers("+12025550177");
        assertEquals("b", bench.legs.get(1).trunk);
        bench.legs.get(1).refused(503, true);
        assertEquals("a", bench.legs.get(2).trunk);
        assertTrue(call.talking());
    }

    private static RouteLimits ofTrunks(Map<String, Integer> calls) {
        Map<String, CallLimits> limits = new HashMap<>();
        calls.forEach((trunk, most) ->
                limits.put(trunk, new CallLimits(OptionalInt.of(most), OptionalInt.empty(), OptionalInt.empty())));
        return new RouteLimits(limits, List.of(), ZoneOffset.UTC);
    }

    @Test
    void theLimitsOfTheTrunksHold() {
        bench.routeLimits = ofTrunks(Map.of("a", 0, "b", 1));
        OutboundCall first = talking();
        refers("+12025550177");
        assertEquals("b", bench.legs.get(1).trunk);
        bench.legs.get(1).refused(486, false);
        refers("+12025550178");
        answers(bench.legs.get(2));
        assertEquals("b", bench.legs.get(2).trunk, "what has failed counts no more");
        told.clear();
        bench.legs.get(2).listener.referred(refer("+12025550179", true, Optional.empty()));
        assertEquals(List.of("accept", "failed 503"), told);
        assertTrue(first.talking());
        bench.legs.get(2).listener.ended(BYE);
        assertEquals(EndCode.HANGUP, CallBench.end(first).code());
        bench.legs.clear();
        talking();
        refers("+12025550177");
        assertEquals("b", bench.legs.get(1).trunk, "what is over counts no more");
    }

    @Test
    void aTrunkThatTheCallHasLeftHasOneLess() {
        bench.routeLimits = ofTrunks(Map.of("a", 0, "b", 1));
        OutboundCall first = talking();
        refers("+12025550177");
        answers(bench.legs.get(1));
        bench.legs.get(1).listener.replaced(bench.incoming());
        answers(bench.legs.get(2));
        assertTrue(first.talking());
        bench.legs.clear();
        talking();
        refers("+12025550177");
        assertEquals("b", bench.legs.get(1).trunk);
    }

    /** Channels that the call's first leg has, and its others. */
    private int channels() {
        return bench.limiter.calls(Subject.channelsOf("a"))
                + bench.admission().channels("a")
                + bench.admission().channels("b");
    }

    @Test
    void everyLegOfATransferHasAChannelAsLongAsItIsThere() {
        OutboundCall call = talking();
        assertEquals(1, channels());
        refers("+12025550177");
        assertEquals(2, channels());
        bench.legs.get(1).refused(486, false);
        assertEquals(1, channels());
        refers("+12025550178");
        bench.legs.getFirst().listener.ended(BYE);
        assertEquals(1, channels(), "the carrier's goodbye came first");
        answers(bench.legs.get(2));
        assertEquals(1, channels());
        bench.legs.get(2).listener.replaced(bench.incoming());
        assertEquals(2, channels());
        answers(bench.legs.get(3));
        assertEquals(1, channels());
        bench.legs.get(3).listener.replaced(bench.incoming());
        bench.legs.get(4).refused(488, false);
        assertEquals(1, channels(), "it could not take the call's place");
        bench.legs.get(3).listener.ended(BYE);
        assertTrue(call.over());
        assertEquals(0, channels());
    }

    @Test
    void theNextTrunkOfTheRouteIsTried() {
        talking();
        refers("+12025550177");
        bench.legs.get(1).refused(503, true);
        assertEquals("b", bench.legs.get(2).trunk);
        answers(bench.legs.get(2));
        assertEquals(List.of("accept", "succeeded"), told);
    }

    @Test
    void theCarriersByeMayComeFirst() {
        OutboundCall call = talking();
        refers("+12025550177");
        bench.legs.get(1).listener.ringing();
        bench.legs.getFirst().listener.ended(BYE);
        assertTrue(call.talking());
        assertTrue(bench.audio.asked.contains("ringback true"));
        answers(bench.legs.get(1));
        assertEquals(1, bench.audio.asked.stream().filter("takeNext"::equals).count());
        assertTrue(bench.audio.asked.contains("ringback false"));

        refersAgainAndFailsAfterTheBye(call);
    }

    private void refersAgainAndFailsAfterTheBye(OutboundCall call) {
        bench.legs.get(1).listener.referred(refer("+12025550178", true, Optional.empty()));
        bench.legs.get(1).listener.ended(BYE);
        bench.legs.get(2).refused(404, false);
        assertEquals(EndCode.NUMBER_NOT_FOUND, CallBench.end(call).code());
    }

    @Test
    void aBarredNumberAndAForeignPlaceAreRefused() {
        OutboundCall call = talking();
        refers("+5351234567");
        bench.legs.getFirst().listener.referred(refer("alice", false, Optional.empty()));
        bench.limits =
                new PlaceCall.Limits(List.of(), List.of("+1202555010*"), OptionalInt.empty(), OptionalInt.empty());
        refers("+12025550177");
        refers("100");
        assertEquals(List.of("refuse 403", "refuse 403", "refuse 403", "refuse 403"), told);
        assertEquals(1, bench.legs.size());
        assertTrue(call.talking());
    }

    @Test
    void anExtensionAndADialogAreTheCarriersOwn() {
        talking();
        Replaces replaces = new Replaces("c", "t", "f", false);
        bench.legs.getFirst().listener.referred(refer("100", true, Optional.of(replaces)));
        ScriptedLeg next = bench.legs.get(1);
        assertEquals("a", next.trunk);
        assertEquals(Optional.of("sip:100@carrier"), next.wanted.onward().uri());
        assertEquals(Optional.of(replaces), next.wanted.onward().replaces());
    }

    @Test
    void hangingUpEndsWhatWasOnItsWay() {
        OutboundCall call = talking();
        refers("+12025550177");
        call.hangUp();
        assertEquals(List.of("accept", "failed 487"), told);
        assertEquals(List.of("hangUp 16"), bench.legs.get(1).asked);
        answers(bench.legs.get(1));
        assertFalse(bench.audio.asked.contains("takeNext"));
    }

    @Test
    void theBrowsersHoldGoesOnWithTheNewPhone() {
        OutboundCall call = talking();
        bench.audio.listens = false;
        call.offers().renegotiate("hold");
        refers("+12025550177");
        answers(bench.legs.get(1));
        assertEquals(List.of("hold true"), bench.legs.get(1).asked);
    }

    @Test
    void aNewCallTakesThePlaceOfTheOld() {
        OutboundCall call = talking();
        bench.legs.getFirst().listener.audio(CallBench.negotiated(MediaDirection.RECVONLY), false);
        bench.legs.getFirst().listener.replaced(bench.incoming());
        ScriptedLeg next = bench.legs.get(1);
        assertEquals(List.of("audio", "answer"), next.asked);
        answers(next);
        assertEquals(List.of("hangUp 16"), bench.legs.getFirst().asked);
        bench.legs.getFirst().listener.ended(BYE);
        assertTrue(call.talking());
        assertEquals(List.of("SUCCEEDED TRUNK 200"), transfers(call));
        assertEquals(
                2, CallBench.events(call).stream().filter("Hold"::equals).count(), "whoever held the user is gone");
    }

    @Test
    void aNewCallWithoutACommonCodecChangesNothing() {
        OutboundCall call = talking();
        bench.legs.getFirst().listener.replaced(bench.incoming());
        bench.legs
                .get(1)
                .listener
                .ended(new SipEnd(SipEnd.By.STACK, SipEnd.Kind.NO_COMMON_CODEC, 488, 0, "none", false));
        assertTrue(call.talking());
        assertEquals(List.of(), bench.legs.getFirst().asked);
    }

    // ---- the page's own

    private CompletableFuture<Void> asks(Call call) {
        return call.moves().transfer(new ReferTarget.Phone("+12025550177"), "+12025550177", PageTransfer.Other.NONE);
    }

    private ScriptedLeg leg() {
        return bench.legs.getFirst();
    }

    private static CallRefused.Code refusal(CompletableFuture<Void> answer) {
        Throwable cause = assertThrows(CompletionException.class, answer::join).getCause();
        return ((CallRefused) cause).code();
    }

    @Test
    void thePageHandsItsPhoneOn() {
        OutboundCall call = talking();
        CompletableFuture<Void> answer = asks(call);
        assertFalse(answer.isDone());
        leg().referred.accepted();
        answer.join();
        leg().referred.progress(100);
        leg().referred.progress(180);
        leg().referred.done(200);
        assertEquals(List.of("STARTED BROWSER 0", "RINGING BROWSER 180", "SUCCEEDED BROWSER 200"), transfers(call));
        assertEquals(EndCode.TRANSFERRED, CallBench.end(call).code());
        assertTrue(leg().asked.contains("hangUp 16"));
    }

    @Test
    void theCallGoesOnWhereTheOtherPhoneDoesNotAnswer() {
        OutboundCall call = talking();
        var _ = asks(call);
        leg().referred.accepted();
        leg().referred.done(486);
        assertEquals(List.of("STARTED BROWSER 0", "FAILED BROWSER 486"), transfers(call));
        assertTrue(call.talking());
        var _ = asks(call);
        leg().referred.refused(603);
        assertTrue(call.talking());
    }

    @Test
    void aRefusalSaysWhy() {
        OutboundCall call = talking();
        CompletableFuture<Void> unknown = asks(call);
        leg().referred.refused(405);
        assertEquals(CallRefused.Code.TRANSFER_NOT_SUPPORTED, refusal(unknown));
        CompletableFuture<Void> declined = asks(call);
        leg().referred.refused(603);
        assertEquals(CallRefused.Code.TRANSFER_REFUSED, refusal(declined));
        CompletableFuture<Void> late = asks(call);
        assertEquals(
                CallRefused.Code.TRANSFER_NOT_POSSIBLE,
                assertThrows(CallRefused.class, () -> asks(call)).code());
        call.hangUp();
        assertEquals(CallRefused.Code.ALREADY_ENDED, refusal(late));
        assertEquals(
                CallRefused.Code.ALREADY_ENDED,
                assertThrows(CallRefused.class, () -> asks(call)).code());
    }

    @Test
    void onlyAnAnsweredCallIsHandedOn() {
        OutboundCall call = bench.outbound("a");
        call.place("offer");
        assertEquals(
                CallRefused.Code.TRANSFER_NOT_POSSIBLE,
                assertThrows(CallRefused.class, () -> asks(call)).code());
    }

    @Test
    void theCarriersByeAfterItTookTheTransferIsItsOutcome() {
        OutboundCall call = talking();
        var _ = asks(call);
        leg().referred.accepted();
        leg().listener.ended(BYE);
        assertEquals(EndCode.TRANSFERRED, CallBench.end(call).code());
        assertEquals(TransferState.SUCCEEDED, last(call).state());
    }

    @Test
    void soIsTheByeOfTheCallThatItIsHandedTo() {
        OutboundCall call = talking();
        call.moves().handedOn(true);
        leg().listener.ended(BYE);
        assertEquals(EndCode.TRANSFERRED, CallBench.end(call).code());
    }

    private static CallEvent.Transfer last(Call call) {
        List<CallEvent.Transfer> all = new ArrayList<>();
        call.story().listen(Runnable::run, event -> {
            if (event instanceof CallEvent.Transfer transfer) {
                all.add(transfer);
            }
        });
        return all.getLast();
    }
}
