package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Message;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 4028 in simulated time. */
class SessionTimerTest {
    private static final String ALLOW_UPDATE = "INVITE, ACK, BYE, UPDATE";

    private final Bench bench = new Bench();
    private final Events events = bench.events;

    private static String header(Message message, String name) {
        return message.headers().first(name).orElse("");
    }

    private static Response granting(FakeWire.Sent request, String sessionExpires, String allow) {
        Response ok = request.response(200, "far")
                .with(List.of(new Header("Session-Expires", sessionExpires), new Header("Allow", allow)));
        return request.request.is("INVITE") ? ok.withBody("application/sdp", Bench.sdp(40000)) : ok;
    }

    private Leg calls(String sessionExpires, String allow) {
        Leg leg = bench.call();
        bench.wire.last().listener.onResponse(granting(bench.wire.last(), sessionExpires, allow));
        return leg;
    }

    private Bench.Answers asks(Leg leg, String method, Header... headers) {
        Request bare = bench.inDialog(leg, method, "", "");
        Bench.Answers answers = new Bench.Answers();
        leg.onRequest(new Request(method, bare.uri(), bare.headers().with(List.of(headers)), bare.body()), answers);
        return answers;
    }

    private Bench.Answers isCalled(Header... headers) {
        Request invite = Bench.invite(Bench.sdp(40000));
        Request asking = new Request("INVITE", invite.uri(), invite.headers().with(List.of(headers)), invite.body());
        Bench.Answers answers = new Bench.Answers();
        Leg leg = Leg.incoming(bench.parts, bench.line(), Runnable::run, asking, answers);
        leg.heardBy(events);
        leg.audio(Sample.audio(30000));
        leg.answer();
        leg.onAck(OfferedTest.fromCaller(leg, "ACK", 7, ""));
        return answers;
    }

    private static Header expires(String value) {
        return new Header("Session-Expires", value);
    }

    private static Header supported() {
        return new Header("Supported", "timer");
    }

    @Test
    void offersATimerWithEachCall() {
        bench.call();
        Request invite = bench.wire.only("INVITE").request;
        assertEquals("100rel, timer, replaces, 199", header(invite, "Supported"));
        assertEquals("1800", header(invite, "Session-Expires"));
        assertEquals("90", header(invite, "Min-SE"));
    }

    @Test
    void saysNothingWhereItIsOff() {
        bench.settings =
                Sample.kept(bench.settings, new DialogSettings(Duration.ZERO, Duration.ofSeconds(90), Prack.OFF));
        Leg leg = calls("90;refresher=uac", ALLOW_UPDATE);
        assertEquals("", header(bench.wire.only("INVITE").request, "Session-Expires"));
        assertEquals(0, bench.timers.waiting());
        assertEquals("", header(asks(leg, "UPDATE", supported(), expires("90")).last(), "Session-Expires"));
    }

    @Test
    void refreshesByUpdateAtHalfTheInterval() {
        calls("600;refresher=uac", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofSeconds(299));
        assertEquals(0, bench.wire.count("UPDATE"));
        bench.timers.advance(Duration.ofSeconds(1));
        FakeWire.Sent update = bench.wire.only("UPDATE");
        assertEquals("600;refresher=uac", header(update.request, "Session-Expires"));
        assertEquals("timer", header(update.request, "Supported"));
        assertEquals("", update.request.body());
        update.listener.onResponse(granting(update, "600;refresher=uac", ALLOW_UPDATE));
        bench.timers.advance(Duration.ofSeconds(299));
        assertEquals(1, bench.wire.count("UPDATE"), "the timer begins again with the response");
        bench.timers.advance(Duration.ofSeconds(1));
        assertEquals(2, bench.wire.count("UPDATE"));
        assertEquals(0, events.count("ended"));
    }

    @Test
    void refreshesByTheSameReinviteWhereUpdateIsUnknown() {
        calls("600;refresher=uac", "INVITE, ACK, BYE");
        String first = bench.wire.last().request.body();
        bench.timers.advance(Duration.ofMinutes(5));
        FakeWire.Sent reinvite = bench.wire.last();
        assertTrue(reinvite.request.is("INVITE"));
        assertEquals(first, reinvite.request.body(), "RFC 4028 section 7.4: with the same o= line");
        assertEquals("600;refresher=uac", header(reinvite.request, "Session-Expires"));
        int told = events.all.size();
        reinvite.listener.onResponse(granting(reinvite, "600;refresher=uac", "INVITE, ACK, BYE"));
        assertEquals(2, bench.wire.acks.size());
        assertEquals(told, events.all.size());
        bench.timers.advance(Duration.ofMinutes(5));
        assertEquals(3, bench.wire.count("INVITE"));
    }

    @Test
    void fallsBackToReinviteWhereUpdateIsRefusedAfterAll() {
        calls("600;refresher=uac", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofMinutes(5));
        bench.wire.only("UPDATE").answer(501, "far");
        assertTrue(bench.wire.last().request.is("INVITE"));
        assertTrue(bench.wire.last().request.cseq() > 1);
    }

    @Test
    void hangsUpWhereNobodyRefreshes() {
        calls("600;refresher=uas", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofSeconds(567));
        assertEquals(0, bench.wire.count("BYE"));
        bench.timers.advance(Duration.ofSeconds(1));
        assertEquals(0, bench.wire.count("UPDATE"), "it is not ours to refresh");
        assertEquals("Q.850;cause=102", header(bench.wire.only("BYE").request, "Reason"));
        assertEquals(1, events.count("ended STACK SESSION_EXPIRED"));
        bench.timers.advance(Over.LINGER);
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void shortSessionsEndAThirdBeforeTheirTime() {
        calls("90;refresher=uas", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofMinutes(1));
        assertEquals(1, events.count("ended STACK SESSION_EXPIRED"));
    }

    @Test
    void thePeersRefreshStartsTheTimerAgain() {
        Leg leg = calls("600;refresher=uas", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofSeconds(500));
        Bench.Answers answers = asks(leg, "UPDATE", supported(), expires("600;refresher=uac"));
        assertEquals("600;refresher=uac", header(answers.last(), "Session-Expires"));
        assertEquals("timer", header(answers.last(), "Require"));
        bench.timers.advance(Duration.ofSeconds(567));
        assertEquals(0, events.count("ended"));
        bench.timers.advance(Duration.ofSeconds(1));
        assertEquals(1, events.count("ended STACK SESSION_EXPIRED"));
    }

    @Test
    void thePeerMayHandTheRefreshOver() {
        Leg leg = calls("600;refresher=uas", ALLOW_UPDATE);
        asks(leg, "UPDATE", supported(), expires("600;refresher=uas"), new Header("Allow", ALLOW_UPDATE));
        bench.timers.advance(Duration.ofMinutes(5));
        assertEquals("600;refresher=uac", header(bench.wire.only("UPDATE").request, "Session-Expires"));
    }

    @Test
    void aRefreshWithoutAnswerEndsTheCall() {
        calls("600;refresher=uac", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofMinutes(5));
        bench.wire.only("UPDATE").listener.onFailure(WireFailure.TIMEOUT, "");
        bench.wire.only("BYE");
        assertEquals(1, events.count("ended STACK SESSION_EXPIRED"));
    }

    @Test
    void aRefreshThatNobodyKnowsEndsTheCall() {
        calls("600;refresher=uac", "INVITE");
        bench.timers.advance(Duration.ofMinutes(5));
        bench.wire.last().answer(481, "far");
        assertEquals(1, events.count("ended STACK SESSION_EXPIRED"));
    }

    @Test
    void aRefusedRefreshIsTriedAgainUntilTheSessionRunsOut() {
        calls("600;refresher=uac", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofMinutes(5));
        bench.wire.last().answer(500, "far");
        bench.timers.advance(Duration.ofSeconds(75));
        assertEquals(2, bench.wire.count("UPDATE"));
        bench.wire.last().answer(500, "far");
        bench.timers.advance(Duration.ofSeconds(193));
        assertEquals(1, events.count("ended STACK SESSION_EXPIRED"));
    }

    @Test
    void aSecondInviteAsksForWhatA422Wants() {
        bench.call();
        FakeWire.Sent first = bench.wire.last();
        first.listener.onResponse(first.response(422, "far").with("Min-SE", "3600"));
        Request second = bench.wire.last().request;
        assertEquals("3600", header(second, "Session-Expires"));
        assertEquals("3600", header(second, "Min-SE"));
        assertEquals(first.request.callId(), second.callId());
        assertEquals(first.request.fromTag(), second.fromTag());
        assertEquals(first.request.cseq() + 1, second.cseq());
        bench.wire.last().listener.onResponse(granting(bench.wire.last(), "3600;refresher=uac", ""));
        assertEquals(1, events.count("answered"));
    }

    @Test
    void a422ThatAsksForNothingNewIsARefusal() {
        bench.call();
        bench.wire
                .last()
                .listener
                .onResponse(bench.wire.last().response(422, "far").with("Min-SE", "90"));
        assertEquals(1, events.count("ended REMOTE REJECTED 422"));
        assertEquals(1, bench.wire.count("INVITE"));
    }

    @Test
    void a422ToARefreshIsObeyed() {
        calls("600;refresher=uac", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofMinutes(5));
        FakeWire.Sent update = bench.wire.last();
        update.listener.onResponse(update.response(422, "far").with("Min-SE", "900"));
        assertEquals("900;refresher=uac", header(bench.wire.last().request, "Session-Expires"));
    }

    @Test
    void ourHoldCarriesTheTimerAndStartsItAgain() {
        Leg leg = calls("600;refresher=uas", ALLOW_UPDATE);
        bench.timers.advance(Duration.ofSeconds(400));
        leg.hold(true);
        FakeWire.Sent hold = bench.wire.last();
        assertEquals("600;refresher=uas", header(hold.request, "Session-Expires"));
        hold.listener.onResponse(granting(hold, "600;refresher=uas", ALLOW_UPDATE));
        bench.timers.advance(Duration.ofSeconds(400));
        assertEquals(0, events.count("ended"));
    }

    @Test
    void grantsWhatTheCallerAsksForAndRefreshesWhereItIsLeftToUs() {
        Bench.Answers answers = isCalled(supported(), expires("600"), new Header("Allow", ALLOW_UPDATE));
        assertEquals("600;refresher=uas", header(answers.last(), "Session-Expires"));
        assertEquals("timer", header(answers.last(), "Require"));
        bench.timers.advance(Duration.ofMinutes(5));
        bench.wire.only("UPDATE");
    }

    @Test
    void theCalledSidesReinviteRepeatsItsAnswer() {
        Bench.Answers answers = isCalled(supported(), expires("600;refresher=uas"));
        bench.timers.advance(Duration.ofMinutes(5));
        FakeWire.Sent reinvite = bench.wire.only("INVITE");
        assertEquals(answers.last().body(), reinvite.request.body());
    }

    @Test
    void leavesTheRefreshToTheCallerThatWantsIt() {
        Bench.Answers answers = isCalled(supported(), expires("600;refresher=uac"));
        assertEquals("600;refresher=uac", header(answers.last(), "Session-Expires"));
        bench.timers.advance(Duration.ofSeconds(568));
        assertEquals(0, bench.wire.count("INVITE"));
        assertEquals(1, events.count("ended STACK SESSION_EXPIRED"));
    }

    @Test
    void neverGrantsMoreThanItIsAskedForNorLessThanMinSe() {
        assertEquals(
                "1800;refresher=uas",
                header(isCalled(supported(), expires("7200")).last(), "Session-Expires"));
        assertEquals(
                "3600;refresher=uas",
                header(
                        isCalled(supported(), expires("7200"), new Header("Min-SE", "3600"))
                                .last(),
                        "Session-Expires"));
    }

    @Test
    void refreshesItselfForACallerWithoutTimersWhereAProxyAsks() {
        Bench.Answers answers = isCalled(expires("600;refresher=uac"));
        assertEquals("600;refresher=uas", header(answers.last(), "Session-Expires"));
        assertEquals("", header(answers.last(), "Require"));
    }

    @Test
    void aRefreshThatIsTooShortIsRefused() {
        Leg leg = calls("600;refresher=uas", ALLOW_UPDATE);
        Bench.Answers answers = asks(leg, "UPDATE", supported(), expires("30"));
        assertEquals(422, answers.status());
        assertEquals("90", header(answers.last(), "Min-SE"));
    }

    @Test
    void readsTheHeaderAsPeersWriteIt() {
        assertEquals(Optional.empty(), parsed("soon"));
        assertEquals(Optional.empty(), parsed("-5"));
        assertEquals(Optional.empty(), parsed("99999999999999999999"));
        assertEquals(86_400, parsed("9999999999").orElseThrow().seconds());
        SessionExpires odd = parsed(" 120 ; x=1; Refresher = UAS").orElseThrow();
        assertEquals("120;refresher=uas", odd.header().value());
        assertFalse(parsed("120;refresher=nobody").orElseThrow().refresher().isPresent());
    }

    private static Optional<SessionExpires> parsed(String value) {
        return SessionExpires.of(Bench.invite("").with("Session-Expires", value));
    }
}
