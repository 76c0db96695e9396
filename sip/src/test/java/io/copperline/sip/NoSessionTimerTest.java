package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that knows no session timers (RFC 4028 section 7.2), and has perhaps forgotten the call. */
class NoSessionTimerTest {
    private static final Duration HALF_AN_INTERVAL = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);
    private static final String SDP = "application/sdp";

    private final Bench bench = new Bench();
    private final Events events = bench.events;

    private Leg calls(String allow) {
        Leg leg = bench.call();
        agrees(allow, "sendrecv");
        return leg;
    }

    private Leg holds(String allow) {
        Leg leg = calls(allow);
        leg.hold(true);
        agrees(allow, "recvonly");
        return leg;
    }

    /** The peer's 200 to our last request, without a word of timers. */
    private void agrees(String allow, String direction) {
        FakeWire.Sent asked = bench.wire.last();
        String sdp = asked.request.is("INVITE") ? sdp(direction) : "";
        asked.listener.onResponse(
                asked.response(200, "far").with("Allow", allow).withBody(SDP, sdp));
    }

    private static String sdp(String direction) {
        return Bench.sdp(40000, 1, "192.0.2.9", direction, "0");
    }

    private FakeWire.Sent refreshed() {
        int before = bench.wire.sent.size();
        bench.timers.advance(HALF_AN_INTERVAL);
        assertEquals(before + 1, bench.wire.sent.size(), "one request at half the interval");
        return bench.wire.last();
    }

    private void assertIsExpired() {
        Request bye = bench.wire.only("BYE").request;
        assertEquals("Q.850;cause=102", bye.headers().first("Reason").orElse(""));
        assertEquals(1, events.count("ended STACK SESSION_EXPIRED"));
        bench.timers.advance(Over.LINGER);
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void isLeftInPeaceWhileItsAudioIsDue() {
        bench.talking();
        bench.timers.advance(DAY);
        assertEquals(1, bench.wire.sent.size());
    }

    @Test
    void isAskedByUpdateOnHold() {
        holds("INVITE, ACK, BYE, UPDATE");
        FakeWire.Sent update = refreshed();
        assertEquals("UPDATE", update.request.method());
        assertEquals("", update.request.body());
        assertEquals(Optional.empty(), update.request.headers().first(SessionExpires.NAME));
        agrees("INVITE, ACK, BYE, UPDATE", "");
        assertEquals("UPDATE", refreshed().request.method());
        assertEquals(0, events.count("ended"));
    }

    @Test
    void isAskedByTheSameReinviteWhereItKnowsNoUpdate() {
        holds("INVITE, ACK, BYE");
        String hold = bench.wire.last().request.body();
        int told = events.all.size();
        FakeWire.Sent reinvite = refreshed();
        assertEquals("INVITE", reinvite.request.method());
        assertEquals(hold, reinvite.request.body());
        agrees("INVITE, ACK, BYE", "recvonly");
        assertEquals(3, bench.wire.acks.size());
        assertEquals(told, events.all.size(), "nobody hears of it");
    }

    @Test
    void isAskedWhileItHoldsUs() {
        Leg leg = bench.talking();
        bench.reinvites(leg, sdp("sendonly"));
        bench.acks(leg, "");
        FakeWire.Sent reinvite = refreshed();
        assertTrue(reinvite.request.body().contains("a=recvonly"), reinvite.request.body());
    }

    @Test
    void isAskedOnHoldWhereItHasCalledUs() {
        Leg leg = bench.incoming(Bench.sdp(40000), new Bench.Answers());
        leg.audio(Sample.audio(30000));
        leg.answer();
        leg.onAck(OfferedTest.fromCaller(leg, "ACK", 7, ""));
        bench.timers.advance(DAY);
        assertEquals(0, bench.wire.sent.size());
        leg.hold(true);
        agrees("", "recvonly");
        refreshed().answer(481, "theirs");
        assertIsExpired();
    }

    @Test
    void isAskedThroughoutWhereNobodyWatchesItsAudio() {
        TrunkMedia usual = TrunkMedia.USUAL;
        TrunkMedia unwatched = new TrunkMedia(
                usual.comfortNoise(),
                usual.rtcpMux(),
                usual.passThrough(),
                usual.holdMusic(),
                Duration.ZERO,
                usual.ptimeMillis(),
                usual.voipMetrics());
        bench.settings = bench.settings.but().media(unwatched).build();
        bench.talking();
        refreshed().answer(481, "far");
        assertIsExpired();
    }

    @Test
    void isNotAskedWhereTheOperatorWantsNoTimers() {
        bench.settings =
                Sample.kept(bench.settings, new DialogSettings(Duration.ZERO, Duration.ofSeconds(90), Prack.OFF));
        holds("INVITE, ACK, BYE, UPDATE");
        bench.timers.advance(DAY);
        assertEquals(2, bench.wire.count("INVITE"));
        assertEquals(2, bench.wire.sent.size());
    }

    @Test
    void isNotAskedAfterTheEnd() {
        holds("INVITE, ACK, BYE, UPDATE").hangUp(16);
        bench.timers.advance(DAY);
        assertEquals(0, bench.wire.count("UPDATE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE, ACK, BYE, UPDATE", "INVITE, ACK, BYE"})
    void losesTheCallThatItDoesNotKnow(String allow) {
        holds(allow);
        refreshed().answer(481, "far");
        assertIsExpired();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE, ACK, BYE, UPDATE", "INVITE, ACK, BYE"})
    void losesTheCallWhereItsOwnSideDoesNotAnswer(String allow) {
        holds(allow);
        refreshed().answer(408, "far");
        assertIsExpired();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVITE, ACK, BYE, UPDATE", "INVITE, ACK, BYE"})
    void losesTheCallWhereItDoesNotAnswer(String allow) {
        holds(allow);
        refreshed().listener.onFailure(WireFailure.TIMEOUT, "");
        assertIsExpired();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 422, 488, 500, 503})
    void keepsTheCallWhoseRefreshItDoesNotLike(int status) {
        holds("INVITE, ACK, BYE, UPDATE");
        refreshed().answer(status, "far");
        refreshed().answer(status, "far");
        assertEquals(0, events.count("ended"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 405, 422, 488, 500, 501, 503})
    void keepsTheCallWhoseReinviteItDoesNotLike(int status) {
        holds("INVITE, ACK, BYE");
        refreshed().answer(status, "far");
        refreshed().answer(status, "far");
        assertEquals(0, events.count("ended"));
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 501})
    void isAskedByReinviteWhereItRefusesUpdateAfterAll(int status) {
        holds("INVITE, ACK, BYE, UPDATE");
        refreshed().answer(status, "far");
        assertEquals("INVITE", bench.wire.last().request.method());
        bench.wire.last().answer(488, "far");
        assertEquals("INVITE", refreshed().request.method());
        assertEquals(0, events.count("ended"));
    }

    @Test
    void runsATimerAfterAllWhereItsAnswerHasOne() {
        holds("INVITE, ACK, BYE, UPDATE");
        FakeWire.Sent update = refreshed();
        update.listener.onResponse(update.response(200, "far").with(SessionExpires.NAME, "600;refresher=uas"));
        bench.timers.advance(Duration.ofSeconds(568));
        assertIsExpired();
    }
}
