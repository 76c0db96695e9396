package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.RingPlan;
import io.copperline.config.RouteLimits;
import io.copperline.config.Treatment;
import io.copperline.config.Treatment.Refusal;
import io.copperline.gateway.record.CallRecord;
import io.copperline.gateway.webhook.Answer;
import io.copperline.gateway.webhook.Outcome;
import io.copperline.sip.SipEnd;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundCallTest {
    private final CallBench bench = new CallBench();

    private InboundCall ringing() {
        return bench.inbound();
    }

    private ScriptedLeg leg() {
        return bench.legs.getFirst();
    }

    @Test
    void theCarriersAnswerWaitsForTheBrowsersPath() {
        InboundCall call = ringing();
        call.answer("alice", "offer");
        assertEquals(List.of("ring", "audio"), leg().asked);
        bench.audio.listener.browserConnected();
        assertEquals(List.of("ring", "audio", "answer"), leg().asked);
        leg().listener.audio(CallBench.negotiated(), false);
        leg().listener.answered();
        assertEquals(List.of("Trying", "Ringing", "Answered"), CallBench.events(call));
        assertEquals(List.of("ring alice", "picked alice", "stop alice ANSWERED_ELSEWHERE"), bench.tabs);
    }

    @Test
    void theFirstTabWins() {
        InboundCall call = ringing();
        call.answer("alice", "offer");
        assertEquals(
                CallRefused.Code.ALREADY_ANSWERED,
                assertThrows(CallRefused.class, () -> call.answer("alice", "another"))
                        .code());
        assertEquals(
                CallRefused.Code.ALREADY_ANSWERED,
                assertThrows(CallRefused.class, () -> call.decline("alice")).code());
    }

    @Test
    void aBadOfferLeavesTheCallRinging() {
        InboundCall call = ringing();
        assertThrows(CallRefused.class, () -> call.answer("alice", ""));
        assertEquals("answer to offer", call.answer("alice", "offer").answer());
    }

    @Test
    void decliningIsHeardByTheCaller() {
        InboundCall call = ringing();
        call.decline("alice");
        assertEquals("reject 603 21", leg().asked.get(1));
        assertEquals(EndCode.DECLINED, CallBench.end(call).code());
        assertEquals(List.of("ring alice", "stop alice DECLINED_ELSEWHERE"), bench.tabs);
    }

    @Test
    void whatNobodyCouldAnswerRingsNowhere() {
        bench.answerable = false;
        InboundCall call = ringing();
        bench.run(Duration.ofSeconds(1));
        assertEquals(List.of(), leg().asked);
        leg().listener.ended(new SipEnd(SipEnd.By.STACK, SipEnd.Kind.NO_COMMON_ENCRYPTION, 488, 0, "plain", true));
        assertEquals(EndCode.NO_COMMON_ENCRYPTION, CallBench.end(call).code());
        assertEquals(List.of("Trying", "Ended"), CallBench.events(call));
        assertEquals(List.of(), bench.tabs);
    }

    @Test
    void aUserWithoutATabIsUnavailable() {
        bench.tabCount = 0;
        InboundCall call = ringing();
        assertEquals(List.of("reject 480 20", "hangUp 20"), leg().asked);
        assertEquals(EndCode.UNAVAILABLE, CallBench.end(call).code());
    }

    @Test
    void theCallerGivesUp() {
        InboundCall call = ringing();
        leg().listener.ended(new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.CANCELLED, 487, 0, "cancel", false));
        assertEquals(EndCode.CANCELLED, CallBench.end(call).code());
        assertEquals(CallEvent.Party.TRUNK, CallBench.end(call).by());
        assertEquals(List.of("ring alice", "stop alice CALLER_HUNG_UP"), bench.tabs);
        assertEquals(
                CallRefused.Code.ALREADY_ENDED,
                assertThrows(CallRefused.class, () -> call.answer("alice", "offer"))
                        .code());
    }

    @Test
    void nobodyAnswersForAMinute() {
        InboundCall call = ringing();
        bench.run(Duration.ofSeconds(61));
        assertEquals("reject 480 19", leg().asked.get(1));
        assertEquals(EndCode.NO_ANSWER, CallBench.end(call).code());
    }

    @Test
    void aBrowserThatNeverConnectsIsNotWaitedForLong() {
        InboundCall call = ringing();
        call.answer("alice", "offer");
        bench.run(Duration.ofSeconds(11));
        assertEquals(EndCode.BROWSER_UNREACHABLE, CallBench.end(call).code());
    }

    @Test
    void isRefusedAsItsRuleSays() {
        InboundCall call = bench.inbound(new Treatment.Refuse(Refusal.NOT_FOUND));
        assertEquals(List.of("reject 404 1", "hangUp 1"), leg().asked);
        assertEquals(EndCode.NUMBER_NOT_FOUND, CallBench.end(call).code());
        assertEquals(CallEvent.Party.GATEWAY, CallBench.end(call).by());
        assertEquals(List.of(), bench.tabs);
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, reject 486 17",
        "DECLINED, reject 603 21",
        "UNAVAILABLE, reject 480 20",
        "NOT_FOUND, reject 404 1",
        "UNWANTED, reject 607 21"
    })
    void eachRefusalHasItsStatus(Refusal reason, String asked) {
        bench.inbound(new Treatment.Refuse(reason));
        assertEquals(asked, leg().asked.getFirst());
    }

    @Test
    void nothingIsSaidToTheCallerUntilTheWebhookHasSpoken() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        InboundCall call = bench.arriving();
        call.treat(answer, new Treatment.Refuse(Refusal.BUSY));
        bench.run(Duration.ofSeconds(3));
        assertEquals(List.of(), leg().asked);
        assertFalse(call.belongsTo("bob"));
        answer.complete(new Answer.Says(new Treatment.Ring(RingPlan.of("bob"), Optional.empty())));
        assertEquals(List.of("ring"), leg().asked);
        assertEquals(List.of("ring bob"), bench.tabs);
        assertTrue(call.belongsTo("bob"));
        assertEquals("bob", call.parties().user());
    }

    @Test
    void theRuleCountsWhereTheWebhookDoesNotSay() {
        InboundCall call = bench.arriving();
        call.treat(
                CompletableFuture.completedFuture(new Answer.Open(Outcome.TIMEOUT, "no answer in 3000 ms")),
                new Treatment.Ring(RingPlan.of("alice"), Optional.empty()));
        assertEquals(List.of("ring alice"), bench.tabs);
    }

    @Test
    void whoeverGivesUpMeanwhileIsNotAskedAboutAnyMore() {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        InboundCall call = bench.arriving();
        call.treat(answer, new Treatment.Refuse(Refusal.BUSY));
        leg().listener.ended(new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.CANCELLED, 487, 0, "cancel", false));
        assertTrue(answer.isCancelled());
        assertEquals(EndCode.CANCELLED, CallBench.end(call).code());
        assertEquals(List.of(), bench.tabs);
    }

    @Test
    void aCallForWhichThereIsNoLineRingsNobody() {
        bench.routeLimits = new RouteLimits(Map.of(), List.of(), ZoneOffset.UTC, Map.of("a", 1));
        InboundCall before = ringing();
        bench.inbound(RingPlan.of("bob"));
        assertEquals(List.of("reject 503 42", "hangUp 42"), bench.legs.get(1).asked);
        assertEquals(List.of("ring alice"), bench.tabs);
        CallRecord record = bench.records.getFirst();
        assertEquals("limit-reached", record.endCode());
        assertEquals(503, record.sipStatus());
        assertEquals("gateway", record.endedBy());
        assertTrue(record.cause().startsWith("Limit channels: trunk a has"), record::cause);
        assertFalse(before.over());
        before.decline("alice");
        assertFalse(ringing().over(), "a line is free again");
    }

    @Test
    void whatACallInTakesOfTheLimitsIsNoRuleOfCallsOut() {
        ringing().decline("alice");
        assertEquals("", bench.records.getFirst().rule());
        assertEquals(0, bench.admission().channels("a"));
    }
}
