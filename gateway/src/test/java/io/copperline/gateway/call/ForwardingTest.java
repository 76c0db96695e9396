package io.copperline.gateway.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.config.CallLimits;
import io.copperline.config.RingPlan;
import io.copperline.config.RouteLimits;
import io.copperline.config.Treatment;
import io.copperline.config.Treatment.Forward;
import io.copperline.gateway.media.RelayMedia.Side;
import io.copperline.sip.Destination;
import io.copperline.sip.Diversion;
import io.copperline.sip.Redirects;
import io.copperline.sip.SipEnd;
import io.copperline.sip.Transfers;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A call in that goes on to a number. */
class ForwardingTest {
    private static final Forward TO = new Forward("+12025550177", Forward.As.CALLER);
    private static final SipEnd BYE = new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.HANGUP, 0, 16, "bye", false);

    private final CallBench bench = new CallBench();

    private ScriptedLeg caller() {
        return bench.legs.getFirst();
    }

    private ScriptedLeg far() {
        return bench.legs.getLast();
    }

    private InboundCall talking() {
        InboundCall call = bench.inbound(TO);
        caller().listener.audio(CallBench.negotiated(), true);
        far().listener.ringing();
        far().listener.audio(CallBench.negotiated(), false);
        far().listener.answered();
        caller().listener.answered();
        return call;
    }

    @Test
    void whatTheNumberDoesIsWhatTheCallerHears() {
        InboundCall call = bench.inbound(TO);
        assertEquals(List.of("audio"), caller().asked);
        assertEquals(List.of("open CALLER a", "open CALLED a"), bench.relay.asked);
        far().listener.ringing();
        assertEquals("ring", caller().asked.getLast());
        bench.relay.listener.audioStarted(Side.CALLED);
        assertEquals("early", caller().asked.getLast());
        far().listener.answered();
        assertEquals("answer", caller().asked.getLast());
        assertFalse(call.talking(), "the caller's leg says when");
        caller().listener.answered();
        assertEquals(List.of("Trying", "Ringing", "EarlyMedia", "Answered"), CallBench.events(call));
        assertTrue(bench.audio.closed, "no browser will come");
    }

    @Test
    void itTellsTheNextCarrierWhoForwardsAndHowOftenItMay() {
        bench.maxForwards = 68;
        bench.inbound(TO);
        assertEquals("+12025550177", bench.lastWanted.to());
        assertEquals("+12025550199", bench.lastWanted.from());
        assertEquals(Optional.of("Ann"), bench.lastWanted.displayName());
        assertEquals(
                List.of(new Diversion("+12025550150", Diversion.Reason.UNCONDITIONAL, false)),
                bench.lastWanted.diversions());
        assertEquals(67, bench.lastWanted.onward().maxForwards());
    }

    @Test
    void whoeverHasForwardedItBeforeIsNotForgotten() {
        Diversion hidden = new Diversion("", Diversion.Reason.USER_BUSY, true, 2);
        bench.diversions = List.of(new Diversion("3035550101", Diversion.Reason.NO_ANSWER, false), hidden);
        bench.inbound(TO);
        assertEquals(
                List.of(
                        new Diversion("+12025550150", Diversion.Reason.UNCONDITIONAL, false),
                        new Diversion("+13035550101", Diversion.Reason.NO_ANSWER, false),
                        hidden),
                bench.lastWanted.diversions());
    }

    @Test
    void itMayShowTheCalledNumber() {
        bench.inbound(new Forward("+12025550177", Forward.As.CALLED));
        assertEquals("+12025550150", bench.lastWanted.from());
    }

    @Test
    void eitherSideHangsUp() {
        InboundCall call = talking();
        far().listener.ended(BYE);
        assertEquals(EndCode.HANGUP, CallBench.end(call).code());
        assertEquals("hangUp 16", caller().asked.getLast());
        assertTrue(bench.relay.closed);
        InboundCall other = talking();
        caller().listener.ended(BYE);
        bench.legs.get(2).listener.ended(BYE);
        assertEquals(EndCode.HANGUP, CallBench.end(other).code());
        assertEquals("hangUp 16", far().asked.getLast());
    }

    @Test
    void theRecordSaysWhereItWent() {
        talking();
        far().listener.ended(BYE);
        var record = bench.records.getFirst();
        assertEquals("+12025550177", record.forwardedTo());
        assertEquals("a", record.forwardTrunk());
        assertEquals("call@a", record.forwardSipCallId());
        assertTrue(record.rule().startsWith("line "), record::rule);
        assertEquals("", record.user());
        assertEquals("+12025550150", record.to());
        assertEquals(7, record.trunkLeg().packetsSent(), "those of the leg that it came by");
        assertEquals(4.1, record.trunkLeg().mos());
        assertEquals("PCMU", record.forwardCodec());
        assertEquals(8, record.forwardLeg().packetsSent());
        assertEquals(4.2, record.forwardLeg().mos());
    }

    @Test
    void theNextTrunkIsTriedUntilAPhoneHasRung() {
        InboundCall call = bench.inbound(TO);
        far().refused(503, true);
        assertEquals("b", far().trunk);
        far().listener.ringing();
        far().refused(486, false);
        assertEquals(List.of("audio", "ring", "reject 486 17", "hangUp 17"), caller().asked);
        assertEquals(EndCode.BUSY, CallBench.end(call).code());
        assertEquals(CallEvent.Party.TRUNK, CallBench.end(call).by());
    }

    @Test
    void aTrunkThatFailsIsNothingThatTheCallerUnderstands() {
        InboundCall call = bench.inbound(TO);
        far().refused(503, true);
        far().refused(403, false);
        assertEquals(EndCode.FORBIDDEN, CallBench.end(call).code());
        assertEquals("reject 480 57", caller().asked.get(1));
    }

    @Test
    void theCallerGivesUp() {
        InboundCall call = bench.inbound(TO);
        caller().listener.ended(new SipEnd(SipEnd.By.REMOTE, SipEnd.Kind.CANCELLED, 487, 0, "cancel", false));
        assertEquals(EndCode.CANCELLED, CallBench.end(call).code());
        assertEquals(List.of("hangUp 16"), far().asked);
        assertTrue(bench.relay.closed);
    }

    @Test
    void holdGoesThrough() {
        talking();
        caller().listener.audio(CallBench.negotiated(MediaDirection.RECVONLY), false);
        assertEquals("hold true", far().asked.getLast());
        far().listener.audio(CallBench.negotiated(MediaDirection.INACTIVE), false);
        assertFalse(caller().asked.contains("hold true"), "what a held phone answers is no wish of its own");
        caller().listener.audio(CallBench.negotiated(), false);
        assertEquals("hold false", far().asked.getLast());
        far().listener.audio(CallBench.negotiated(), false);
        far().listener.audio(CallBench.negotiated(MediaDirection.INACTIVE), false);
        assertEquals("hold true", caller().asked.getLast());
    }

    @Test
    void keysGoThrough() {
        InboundCall call = talking();
        caller().listener.dtmf('5', 160);
        far().listener.dtmf('6', 160);
        assertEquals("pressed CALLER 5", bench.relay.asked.get(bench.relay.asked.size() - 2));
        assertEquals("pressed CALLED 6", bench.relay.asked.getLast());
        bench.relay.listener.digitForInfo(Side.CALLED, '5', 160);
        assertEquals("info 5 160", far().asked.getLast());
        bench.relay.listener.digitForInfo(Side.CALLER, '6', 160);
        assertEquals("info 6 160", caller().asked.getLast());
        assertEquals(0, call.story().digits(CallEvent.Direction.FROM_PHONE), "nobody has taken it yet");
        far().listener.dtmfSent('5', 160, 200);
        assertEquals(1, call.story().digits(CallEvent.Direction.FROM_PHONE));
        caller().listener.dtmfSent('6', 160, 405);
        assertEquals("refused CALLER 6", bench.relay.asked.getLast());
        caller().listener.dtmfSent('7', 160, 405);
        assertEquals(
                '7',
                call.story().first(CallEvent.DtmfFailed.class).orElseThrow().digit(),
                "its trunk is set to INFO");
    }

    @Test
    void whereNobodyAnswersItGoesOn() {
        RingPlan plan = new RingPlan(List.of("alice"), RingPlan.Order.TOGETHER, Duration.ofSeconds(20));
        InboundCall call = bench.inbound(new Treatment.Ring(plan, Optional.of(TO)));
        assertEquals(1, bench.legs.size());
        bench.run(Duration.ofSeconds(21));
        assertEquals(List.of("ring alice", "stop alice NOT_ANSWERED"), bench.tabs);
        assertEquals(
                Diversion.Reason.NO_ANSWER,
                bench.lastWanted.diversions().getFirst().reason());
        assertFalse(call.belongsTo("alice"));
        assertThrows(CallRefused.class, () -> call.answer("alice", "offer"));
        call.decline("alice");
        assertEquals(2, bench.legs.size());
        bench.run(Duration.ofSeconds(61));
        assertFalse(call.over(), "how long it rings is the trunk's to say");
    }

    @Test
    void whereNobodyIsThereItGoesOnAtOnce() {
        bench.tabCount = 0;
        bench.inbound(new Treatment.Ring(RingPlan.of("alice"), Optional.of(TO)));
        assertEquals(
                Diversion.Reason.UNAVAILABLE,
                bench.lastWanted.diversions().getFirst().reason());
        assertEquals(List.of("audio"), caller().asked);
    }

    @Test
    void whoeverDeclinesSendsItOn() {
        InboundCall call = bench.inbound(new Treatment.Ring(RingPlan.of("alice"), Optional.of(TO)));
        call.decline("alice");
        assertEquals(
                Diversion.Reason.USER_BUSY,
                bench.lastWanted.diversions().getFirst().reason());
    }

    private void goesNowhere(Forward to) {
        int before = bench.legs.size();
        InboundCall call = bench.inbound(to);
        assertEquals(before + 1, bench.legs.size(), "nobody is called");
        assertEquals("reject 480 27", bench.legs.getLast().asked.getFirst());
        assertEquals(EndCode.NOT_FORWARDED, CallBench.end(call).code());
    }

    @Test
    void barredNumbersAreBarredHereToo() {
        goesNowhere(new Forward("+5351234567", Forward.As.CALLER));
    }

    @Test
    void aNumberThatIsCalledHereItselfWouldGoRoundInCircles() {
        goesNowhere(new Forward("+12025550150", Forward.As.CALLER));
    }

    @Test
    void aCallThatThisNumberHasForwardedBeforeGoesNoFurther() {
        bench.forwardedBy = List.of("12025550150");
        goesNowhere(TO);
    }

    @Test
    void neitherDoesOneThatManyHaveForwarded() {
        bench.forwardedBy = List.of("+13035550101", "+13035550102", "+13035550103", "+13035550104", "+13035550105");
        goesNowhere(TO);
    }

    @Test
    void whoeverIsHiddenAndWhoHasDoneItOftenCountsToo() {
        bench.diversions = List.of(
                new Diversion("+13035550101", Diversion.Reason.NO_ANSWER, false, 2),
                new Diversion("", Diversion.Reason.NO_ANSWER, true, 2));
        bench.inbound(TO);
        assertEquals(2, bench.legs.size(), "four are not too many");
        bench.diversions = List.of(new Diversion("+13035550101", Diversion.Reason.NO_ANSWER, false, 5));
        goesNowhere(TO);
    }

    @Test
    void norOneThatHasGoneTooFar() {
        bench.maxForwards = 1;
        goesNowhere(TO);
    }

    /** A call comes in, and ends at once or goes on. */
    private boolean goesOn(Forward to) {
        return !bench.inbound(to).over();
    }

    @Test
    void aCircleThatNobodyTellsOfIsCut() {
        for (int i = 0; i < 10; i++) {
            assertTrue(goesOn(TO));
            bench.run(Duration.ofSeconds(2));
        }
        assertFalse(goesOn(TO));
        bench.legs.get(1).listener.answered();
        assertTrue(goesOn(TO), "one that is answered goes round no more");
    }

    @Test
    void hiddenCallersAreNotOneCaller() {
        for (String hidden : List.of("", "Restricted")) {
            bench.caller = hidden;
            for (int i = 0; i < 20; i++) {
                assertTrue(goesOn(TO));
                bench.run(Duration.ofMillis(1_100));
            }
        }
    }

    @Test
    void aCircleOfHiddenCallsIsCutAllTheSame() {
        bench.caller = "";
        for (int i = 0; i < 10; i++) {
            assertTrue(goesOn(TO));
            bench.run(Duration.ofMillis(500));
        }
        assertFalse(goesOn(TO));
        bench.caller = "+12025550198";
        assertTrue(goesOn(TO), "others go on");
    }

    @Test
    void aCallOfOursThatComesBackByItsCallIdGoesRound() {
        bench.inbound(TO);
        bench.comesAs = "call@a";
        bench.caller = "";
        assertFalse(goesOn(TO));
    }

    @Test
    void theNumberThatWeShowComesBackAsCallerOfItself() {
        Forward asCalled = new Forward("+12025550177", Forward.As.CALLED);
        bench.caller = "";
        assertTrue(goesOn(asCalled));
        bench.caller = "+12025550150";
        assertFalse(goesOn(asCalled));
        bench.legs.get(1).listener.answered();
        assertTrue(goesOn(asCalled), "whoever calls his own number may");
    }

    @Test
    void whatIsTakenIsGivenBack() {
        talking();
        far().listener.ended(BYE);
        goesNowhere(new Forward("+5351234567", Forward.As.CALLER));
        assertEquals(0, bench.circles.remembered());
    }

    @Test
    void theLimitsOfATrunkHold() {
        bench.routeLimits = new RouteLimits(
                Map.of("a", new CallLimits(OptionalInt.of(0), OptionalInt.empty(), OptionalInt.empty())),
                List.of(),
                ZoneOffset.UTC);
        bench.inbound(TO);
        assertEquals("b", far().trunk);
    }

    @Test
    void itHasAChannelOfEitherTrunk() {
        bench.routeLimits = new RouteLimits(Map.of(), List.of(), ZoneOffset.UTC, Map.of("a", 2));
        InboundCall call = bench.inbound(TO);
        assertEquals("a", far().trunk);
        assertEquals(2, bench.admission().channels("a"));
        far().refused(503, true);
        assertEquals(1, bench.admission().channels("a"));
        assertEquals(1, bench.admission().channels("b"));
        far().refused(486, false);
        assertTrue(call.over());
        assertEquals(0, bench.admission().channels("a") + bench.admission().channels("b"));
        bench.inbound();
        bench.inbound(TO);
        assertEquals("b", far().trunk, "two calls have come in by the first one");
    }

    private void redirects(int status, String... users) {
        ScriptedLeg leg = far();
        leg.redirections = Arrays.stream(users)
                .map(user -> new Destination("sip:" + user + "@192.0.2.9", user, "192.0.2.9", true))
                .toList();
        leg.refused(status, false);
    }

    @Test
    void itFollowsTheCarrierToAnotherPlaceAndSaysSo() {
        bench.maxForwards = 68;
        InboundCall call = bench.inbound(TO);
        redirects(302, "+12025550178");
        assertEquals(
                Optional.of("sip:+12025550178@192.0.2.9"), far().wanted.onward().uri());
        assertEquals("a", far().trunk);
        assertEquals("+12025550199", far().wanted.from());
        assertEquals(67, far().wanted.onward().maxForwards());
        assertEquals(
                List.of(
                        new Diversion("+12025550177", Diversion.Reason.UNCONDITIONAL, false),
                        new Diversion("+12025550150", Diversion.Reason.UNCONDITIONAL, false)),
                far().wanted.diversions());
        far().listener.ringing();
        redirects(301, "+12025550179");
        assertEquals(
                new Diversion("+12025550178", Diversion.Reason.DEFLECTION, false),
                far().wanted.diversions().getFirst());
        far().listener.answered();
        caller().listener.answered();
        assertEquals(List.of("audio", "ring", "answer"), caller().asked);
        assertEquals(List.of("Trying", "Redirected", "Ringing", "Redirected", "Answered"), CallBench.events(call));
        assertEquals(2, bench.admission().channels("a"), "the caller's, and one");
        far().listener.ended(BYE);
        assertEquals("+12025550177", bench.records.getFirst().forwardedTo(), "what was called first");
    }

    @Test
    void aPlaceThatMayNotBeCalledEndsItAsBefore() {
        InboundCall call = bench.inbound(TO);
        redirects(302, "+5351234567", "+12025550150", "+12025550177");
        // Barred, called here itself; and the number itself by another URI, which leads to the same answer.
        redirects(302, "+12025550177");
        assertEquals(EndCode.NUMBER_CHANGED, CallBench.end(call).code());
        assertEquals(3, bench.legs.size());
        assertEquals("reject 410 22", caller().asked.get(1));
        assertEquals(0, bench.admission().channels("a"));
    }

    @Test
    void whereTheTrunkFollowsNoneItEnds() {
        bench.transfers = new Transfers(Transfers.Refer.REFUSE, Redirects.OFF);
        InboundCall call = bench.inbound(TO);
        redirects(302, "+12025550178");
        assertEquals(EndCode.NUMBER_CHANGED, CallBench.end(call).code());
    }

    @Test
    void byRoutesItTakesTheTrunksOfTheNumber() {
        bench.transfers = new Transfers(Transfers.Refer.REFUSE, Redirects.ROUTES);
        bench.inbound(TO);
        redirects(302, "+12025550178");
        assertEquals(Optional.empty(), far().wanted.onward().uri());
        far().refused(503, true);
        assertEquals("b", far().trunk);
        assertEquals("+12025550178", far().wanted.to());
    }

    @Test
    void theLimitsOfItsTrunkHoldForThatToo() {
        CallLimits oneASecond = new CallLimits(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.empty());
        bench.routeLimits = new RouteLimits(Map.of("a", oneASecond), List.of(), ZoneOffset.UTC);
        InboundCall call = bench.inbound(TO);
        redirects(302, "+12025550178");
        assertEquals(EndCode.NUMBER_CHANGED, CallBench.end(call).code());
        assertEquals(2, bench.legs.size());
    }

    @Test
    void afterFiveItIsEnough() {
        InboundCall call = bench.inbound(TO);
        for (int i = 0; i < 5; i++) {
            redirects(302, "+1202555020" + i);
        }
        assertFalse(call.over());
        redirects(302, "+12025550209");
        assertEquals(EndCode.NUMBER_CHANGED, CallBench.end(call).code());
        assertEquals(7, bench.legs.size());
    }
}
