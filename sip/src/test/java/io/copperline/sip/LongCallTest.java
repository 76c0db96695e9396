package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.MediaDirection;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Message;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of two days and registrations of a month in simulated time: what counts, grows or wears out shows here. */
class LongCallTest {
    private static final Duration CALL = Duration.ofDays(2);
    private static final Duration HALF_AN_INTERVAL = Duration.ofMinutes(15);
    private static final long REFRESHES = CALL.dividedBy(HALF_AN_INTERVAL);
    private static final String NO_UPDATE = "INVITE, ACK, BYE";
    private static final String WITH_UPDATE = NO_UPDATE + ", UPDATE";

    private final Bench bench = new Bench();
    private int peerVersion = 1;

    private Leg calls(String sessionExpires, String allow) {
        Leg leg = bench.call();
        answer(bench.wire.last(), sessionExpires, allow);
        return leg;
    }

    private void answer(FakeWire.Sent sent, String sessionExpires, String allow) {
        Response ok = sent.response(200, "far")
                .with(List.of(new Header("Session-Expires", sessionExpires), new Header("Allow", allow)));
        boolean offered = !sent.request.body().isEmpty();
        sent.listener.onResponse(offered ? ok.withBody("application/sdp", mirrored(sent.request)) : ok);
    }

    private void answerWithoutTimer(FakeWire.Sent sent, String allow) {
        Response ok = sent.response(200, "far").with("Allow", allow);
        boolean offered = !sent.request.body().isEmpty();
        sent.listener.onResponse(offered ? ok.withBody("application/sdp", mirrored(sent.request)) : ok);
    }

    /** The peer agrees with whatever direction we want. */
    private String mirrored(Message offer) {
        String direction = offer.body().contains("a=sendonly") ? "recvonly" : "sendrecv";
        return Bench.sdp(40000, peerVersion++, "192.0.2.9", direction, "0");
    }

    /** What was sent since the last look, of which the wire keeps nothing. */
    private List<FakeWire.Sent> taken() {
        List<FakeWire.Sent> all = new ArrayList<>(bench.wire.sent);
        bench.wire.sent.clear();
        bench.wire.acks.clear();
        return all;
    }

    private void assertNothingIsLeftAfterHangingUp(Leg leg) {
        assertTrue(bench.timers.waiting() <= 2, "a refresh and an expiry, not one for each that has been");
        leg.hangUp(16);
        assertEquals("BYE", bench.wire.last().request.method());
        bench.wire.last().answer(200, "far");
        bench.timers.advance(Over.LINGER);
        assertEquals(0, bench.timers.waiting());
        assertEquals(0, bench.legs.openCount() + bench.legs.endedCount());
        assertEquals(1, bench.events.count("ended"));
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_UPDATE, NO_UPDATE})
    void livesForDaysByOurRefreshes(String allow) {
        Leg leg = calls("1800;refresher=uac", allow);
        long cseq = taken().getLast().request.cseq();
        int refreshes = 0;
        for (long i = 0; i < REFRESHES; i++) {
            bench.timers.advance(HALF_AN_INTERVAL);
            for (FakeWire.Sent sent : taken()) {
                assertEquals(++cseq, sent.request.cseq(), "one after the other (RFC 3261 section 12.2.1.1)");
                answer(sent, "1800;refresher=uac", allow);
                refreshes++;
            }
        }
        assertEquals(REFRESHES, refreshes);
        assertEquals(0, bench.events.count("ended"));
        assertNothingIsLeftAfterHangingUp(leg);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE", "INVITE"})
    void livesForDaysByThePeersRefreshes(String method) {
        Leg leg = calls("1800;refresher=uas", WITH_UPDATE);
        taken();
        for (long i = 0; i < REFRESHES; i++) {
            bench.timers.advance(HALF_AN_INTERVAL);
            assertEquals(List.of(), taken(), "it is not ours to refresh");
            assertEquals(200, refreshedByPeer(leg, method));
        }
        assertEquals(0, bench.events.count("ended"));
        bench.timers.advance(Duration.ofMinutes(30));
        assertEquals(1, bench.events.count("ended STACK SESSION_EXPIRED"), "and no longer than that");
    }

    private int refreshedByPeer(Leg leg, String method) {
        boolean invite = method.equals("INVITE");
        Request bare = bench.inDialog(leg, method, "application/sdp", invite ? Bench.sdp(40000) : "");
        Bench.Answers answers = new Bench.Answers();
        List<Header> timer =
                List.of(new Header("Session-Expires", "1800;refresher=uac"), new Header("Supported", "timer"));
        leg.onRequest(new Request(method, bare.uri(), bare.headers().with(timer), bare.body()), answers);
        if (invite) {
            bench.acks(leg, "");
            bench.peerCseq++;
        }
        return answers.status();
    }

    @Test
    void isHeldAndTakenBackBetweenRefreshesForDays() {
        Leg leg = calls("1800;refresher=uac", NO_UPDATE);
        taken();
        long version = -1;
        for (long i = 0; i < REFRESHES; i++) {
            leg.hold(i % 2 == 0);
            FakeWire.Sent offer = taken().getLast();
            long now = version(offer.request);
            assertTrue(now > version, "RFC 3264 section 8: each new offer counts one up");
            version = now;
            answer(offer, "1800;refresher=uac", NO_UPDATE);
            MediaDirection agreed = i % 2 == 0 ? MediaDirection.SENDONLY : MediaDirection.SENDRECV;
            assertEquals(agreed, bench.events.audio.direction());
            bench.timers.advance(HALF_AN_INTERVAL);
            FakeWire.Sent refresh = taken().getLast();
            assertEquals(version, version(refresh.request), "RFC 4028 section 7.4: a refresh changes nothing");
            answer(refresh, "1800;refresher=uac", NO_UPDATE);
        }
        assertNothingIsLeftAfterHangingUp(leg);
    }

    @ParameterizedTest
    @ValueSource(strings = {WITH_UPDATE, NO_UPDATE})
    void isOnHoldForDaysWithAPeerWithoutTimers(String allow) {
        Leg leg = bench.call();
        answerWithoutTimer(bench.wire.last(), allow);
        leg.hold(true);
        answerWithoutTimer(bench.wire.last(), allow);
        long cseq = taken().getLast().request.cseq();
        for (long i = 0; i < REFRESHES; i++) {
            bench.timers.advance(HALF_AN_INTERVAL);
            List<FakeWire.Sent> asked = taken();
            assertEquals(1, asked.size());
            assertEquals(++cseq, asked.getFirst().request.cseq());
            answerWithoutTimer(asked.getFirst(), allow);
        }
        assertEquals(0, bench.events.count("ended"));
        assertNothingIsLeftAfterHangingUp(leg);
    }

    private static long version(Request offer) {
        String origin = offer.body()
                .lines()
                .filter(line -> line.startsWith("o="))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(origin.split(" ")[2]);
    }

    @Test
    void provesWhoItIsAnewWithEachNonceForDays() {
        bench.credentials("alice", "secret");
        Leg leg = calls("1800;refresher=uac", WITH_UPDATE);
        taken();
        for (long i = 0; i < REFRESHES; i++) {
            bench.timers.advance(HALF_AN_INTERVAL);
            FakeWire.Sent stale = taken().getLast();
            stale.listener.onResponse(stale.response(407, "far")
                    .with(
                            "Proxy-Authenticate",
                            "Digest realm=\"example.net\", nonce=\"n" + i + "\", qop=\"auth\", stale=true"));
            FakeWire.Sent proved = taken().getLast();
            String credentials =
                    proved.request.headers().first("Proxy-Authorization").orElseThrow();
            assertTrue(credentials.contains("nonce=\"n" + i + "\""), credentials);
            assertTrue(credentials.contains("nc=00000001"), "the count begins anew with the nonce");
            assertEquals(stale.request.cseq() + 1, proved.request.cseq());
            answer(proved, "1800;refresher=uac", WITH_UPDATE);
        }
        assertEquals(0, bench.events.count("ended"));
        assertNothingIsLeftAfterHangingUp(leg);
    }

    /** A registrar that grants ten minutes, for thirty days, looked after every five seconds as the gateway does. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void staysRegisteredForAMonth(boolean nextNonces) {
        bench.credentials("alice", "secret");
        Instant[] now = {Instant.parse("2026-11-24T10:00:00Z")};
        Registrar registrar = new Registrar("alice", "secret", "SHA-256");
        registrar.nextNonces = nextNonces;
        Registration registration = new Registration(
                bench.parts,
                bench.settings.allAccounts().getFirst(),
                bench::line,
                _ -> {},
                Runnable::run,
                () -> now[0]);
        Duration step = Duration.ofSeconds(5);
        long steps = Duration.ofDays(30).dividedBy(step);
        int renewals = 0;
        for (long i = 0; i < steps; i++, now[0] = now[0].plus(step)) {
            if (!nextNonces && i % 720 == 360) {
                registrar.renewNonce(); // each hour
                renewals++;
            }
            registration.onTime();
            while (!bench.wire.sent.isEmpty()) {
                FakeWire.Sent one = bench.wire.sent.removeFirst();
                one.listener.onResponse(registrar.answer(one.request));
            }
            assertEquals(
                    TrunkState.Registration.REGISTERED, registration.standing().registration());
        }
        assertEquals(0, registrar.refused);
        long most = Duration.ofDays(30).toSeconds() / 480 + 1;
        long least = Duration.ofDays(30).toSeconds() / 545;
        assertTrue(registrar.accepted >= least && registrar.accepted <= most, "accepted " + registrar.accepted);
        assertEquals(1 + renewals, registrar.challenged, "at the start and for each nonce that ran out");
    }
}
