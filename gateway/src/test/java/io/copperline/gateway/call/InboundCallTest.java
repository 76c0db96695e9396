package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.copperline.sip.SipEnd;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboundCallTest {
    private final CallBench bench = new CallBench();

    private InboundCall ringing() {
        InboundCall call = bench.inbound();
        call.ring(bench.incoming());
        return call;
    }

    private CallBench.Leg leg() {
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
}
