package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.WireFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    private final Bench bench = new Bench();
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private Registrar registrar = new Registrar("alice", "secret", "MD5");
    private Registration registration;

    @BeforeEach
    void start() {
        bench.credentials("alice", "secret");
        registration = registration(bench::line, hop -> {});
    }

    private Registration registration(Supplier<Line> lines, Consumer<NextHop> unreachable) {
        Account account = bench.settings.allAccounts().getFirst();
        return new Registration(bench.parts, account, lines, unreachable, Runnable::run, () -> now);
    }

    /** Lets the time pass, and the registrar answer all that was sent. */
    private void pass(Duration time) {
        now = now.plus(time);
        registration.onTime();
        answerAll();
    }

    private void answerAll() {
        while (!bench.wire.sent.isEmpty()) {
            FakeWire.Sent one = bench.wire.sent.removeFirst();
            one.listener.onResponse(registrar.answer(one.request));
        }
    }

    private TrunkState.Registration standing() {
        return registration.standing().registration();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-256"})
    void registersWithItsCredentials(String algorithm) {
        registrar = new Registrar("alice", "secret", algorithm);
        assertEquals(TrunkState.Registration.REGISTERING, standing());
        pass(Duration.ZERO);
        assertEquals(TrunkState.Registration.REGISTERED, standing());
        assertEquals(now.plusSeconds(600), registration.standing().until().orElseThrow());
        assertEquals("<sip:alice@198.51.100.1:5060>", registrar.contact.orElseThrow());
    }

    @Test
    void refreshesWellBeforeItExpires() {
        pass(Duration.ZERO);
        pass(Duration.ofSeconds(475));
        assertEquals(1, registrar.accepted);
        pass(Duration.ofSeconds(70));
        assertEquals(2, registrar.accepted);
        assertEquals(0, registrar.refused, "the nonce's count rises");
    }

    @Test
    void takesANewNonceWhenTheOldIsStale() {
        pass(Duration.ZERO);
        registrar.renewNonce();
        pass(Duration.ofSeconds(545));
        assertEquals(2, registrar.accepted);
        assertEquals(TrunkState.Registration.REGISTERED, standing());
    }

    @Test
    void aWrongPasswordIsTriedOnceAndThenLeftAloneForAWhile() {
        registrar = new Registrar("alice", "other", "MD5");
        pass(Duration.ZERO);
        assertEquals(TrunkState.Registration.FAILED, standing());
        TrunkFailure failure = registration.standing().failure().orElseThrow();
        assertEquals(401, failure.status());
        assertTrue(failure.fix().contains("password"));
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofSeconds(9));
        }
        assertEquals(1, registrar.refused);
    }

    @Test
    void asksForLongerWhenTheRegistrarWantsIt() {
        registrar.minExpires = 7200;
        pass(Duration.ZERO);
        assertEquals(TrunkState.Registration.REGISTERED, standing());
    }

    @Test
    void doesNotFollowARegistrarThatWantsEverMore() {
        for (int i = 0; i < 3; i++) {
            registration.onTime();
            refuse(423, "Min-Expires", Integer.toString(7200 + i));
        }
        refuse(423, "Min-Expires", "9999");
        assertEquals(TrunkState.Registration.FAILED, standing());
        assertTrue(bench.wire.sent.isEmpty());
        assertTrue(registration.standing().failure().orElseThrow().fix().contains("register-expiry"));
    }

    @Test
    void waitsAsLongAsTheRegistrarAsks() {
        registration.onTime();
        refuse(480, "Retry-After", "120");
        now = now.plusSeconds(119);
        registration.onTime();
        assertTrue(bench.wire.sent.isEmpty());
        pass(Duration.ofSeconds(30));
        assertEquals(TrunkState.Registration.REGISTERED, standing());
    }

    private void refuse(int status, String header, String value) {
        FakeWire.Sent one = bench.wire.sent.removeFirst();
        one.listener.onResponse(Response.to(one.request, status, "reg").with(header, value));
    }

    @Test
    void findsItsOwnContactAmongSeveralAlsoWhereItsAddressWasWrittenAnew() {
        registrar.contactHost = "203.0.113.7:1024";
        pass(Duration.ZERO);
        assertEquals(now.plusSeconds(600), registration.standing().until().orElseThrow());
    }

    @Test
    void usesTheNextNonceWithoutBeingChallengedAgain() {
        registrar.nextNonces = true;
        pass(Duration.ZERO);
        pass(Duration.ofSeconds(545));
        pass(Duration.ofSeconds(545));
        assertEquals(3, registrar.accepted);
        assertEquals(1, registrar.challenged);
    }

    @Test
    void registersAllNumbersOfTheTrunkAtOnce() {
        bench.settings =
                bench.settings.but().accounts(new Accounts(List.of(), true)).build();
        registration = registration(bench::line, hop -> {});
        registration.onTime();
        Request register = bench.wire.last().request;
        assertEquals(
                "<sip:198.51.100.1:5060;bnc>",
                register.headers().first("Contact").orElseThrow());
        assertEquals("gin", register.headers().first("Require").orElseThrow());
        assertEquals("gin", register.headers().first("Proxy-Require").orElseThrow());
        assertEquals("path", register.headers().first("Supported").orElseThrow());
        answerAll();
        assertEquals(now.plusSeconds(600), registration.standing().until().orElseThrow());
    }

    @Test
    void eachAccountOfATrunkRegistersOnItsOwn() {
        Account other = new Account("bob", Optional.of(new Secret("wrong")));
        Account alice = bench.settings.allAccounts().getFirst();
        List<Registration> each = new ArrayList<>();
        for (Account account : List.of(other, alice)) {
            Line line = bench.line(bench.line().hop(), Optional.of(account));
            each.add(new Registration(bench.parts, account, () -> line, _ -> {}, Runnable::run, () -> now));
        }
        Registrations all = new Registrations(each);
        all.onTime();
        answerAll();
        assertEquals(TrunkState.Registration.REGISTERED, all.standing().registration());
        assertEquals(401, all.standing().failure().orElseThrow().status());
        assertEquals(
                List.of(TrunkState.Registration.FAILED, TrunkState.Registration.REGISTERED),
                all.accounts().stream()
                        .map(TrunkState.AccountState::registration)
                        .toList());
        boolean[] done = {false};
        all.leave(() -> done[0] = true);
        answerAll();
        assertTrue(done[0]);
    }

    @Test
    void triesAgainWithGrowingPausesWhenNobodyAnswers() {
        int tries = 0;
        for (int second = 0; second < 120; second++) {
            registration.onTime();
            if (!bench.wire.sent.isEmpty()) {
                tries++;
                bench.wire.sent.removeFirst().listener.onFailure(WireFailure.TIMEOUT, "");
            }
            now = now.plusSeconds(1);
        }
        assertEquals(5, tries, "at 0, 5, 15, 35 and 75 s, and a little later");
        assertEquals(TrunkState.Registration.FAILED, standing());
        pass(Duration.ofMinutes(6));
        assertEquals(TrunkState.Registration.REGISTERED, standing());
        assertTrue(registration.standing().failure().isEmpty());
    }

    @Test
    void aFailedRefreshIsSeenWhileTheRegistrationStillHolds() {
        pass(Duration.ZERO);
        now = now.plusSeconds(545);
        registration.onTime();
        bench.wire.sent.removeFirst().listener.onFailure(WireFailure.UNREACHABLE, "connection refused");
        assertEquals(TrunkState.Registration.REGISTERED, standing());
        assertEquals(
                "connection refused",
                registration.standing().failure().orElseThrow().what());
        now = now.plusSeconds(100);
        registration.onTime();
        assertEquals(TrunkState.Registration.FAILED, standing());
    }

    @Test
    void signsOff() {
        pass(Duration.ZERO);
        boolean[] done = {false};
        registration.leave(() -> done[0] = true);
        assertEquals("0", bench.wire.last().request.headers().first("Expires").orElseThrow());
        answerAll();
        assertTrue(done[0]);
        assertTrue(registrar.contact.isEmpty());
        assertEquals(TrunkState.Registration.UNREGISTERED, standing());
        pass(Duration.ofHours(1));
        assertTrue(registrar.contact.isEmpty());
    }

    @Test
    void asksAnotherServerWithoutAPauseWhereOneFails() {
        List<NextHop> servers = new ArrayList<>(List.of(
                new NextHop("192.0.2.1", 5060, SipTransport.UDP, "sip.example.net"),
                new NextHop("192.0.2.2", 5060, SipTransport.UDP, "sip.example.net")));
        registration = registration(() -> bench.line(servers.getFirst()), servers::remove);
        registration.onTime();
        bench.wire.sent.removeFirst().listener.onFailure(WireFailure.TIMEOUT, "");
        assertEquals(TrunkState.Registration.FAILED, standing());
        registration.onTime();
        assertEquals("192.0.2.2", bench.wire.last().hop.host());
        answerAll();
        assertEquals(TrunkState.Registration.REGISTERED, standing());
    }
}
