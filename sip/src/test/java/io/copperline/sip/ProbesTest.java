package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.TrunkState.Health;
import io.copperline.sip.locate.DnsAnswer;
import io.copperline.sip.locate.DnsQuestion;
import io.copperline.sip.locate.DnsRecord;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OPTIONS to a trunk with two servers, on port 5061 and on port 5062. */
class ProbesTest {
    private final Bench bench = new Bench();
    private final Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private final TrunkSettings trunk = Sample.trunkTo("carrier", "sip.example.net", 0);
    private final TrunkAddresses addresses = new TrunkAddresses(trunk, List.of(SipTransport.UDP), ProbesTest::answer);
    private final Targets targets = new Targets(addresses, () -> now, new Random(1));
    private final Probes probes = new Probes(bench.parts, targets, bench::line, Runnable::run, () -> now);
    private final Set<Integer> silent = new HashSet<>();

    private static DnsAnswer answer(DnsQuestion question) {
        List<DnsRecord> records = switch (question.type()) {
            case SRV ->
                List.of(
                        new DnsRecord.Srv(10, 1, 5061, "one.example.net"),
                        new DnsRecord.Srv(20, 1, 5062, "two.example.net"));
            case A -> List.of(new DnsRecord.Address(InetAddress.ofLiteral("127.0.0.1")));
            case AAAA, NAPTR -> List.of();
        };
        return new DnsAnswer(records, Duration.ofMinutes(5), Optional.empty());
    }

    @BeforeEach
    void lookUp() {
        bench.settings = trunk;
        addresses.refresh(now);
    }

    /** Asks, and lets pass what it takes to be sure. */
    private Health ask() {
        probes.ask();
        for (int i = 0; i < 8; i++) {
            answerAll(200);
            bench.timers.advance(Duration.ofSeconds(5));
        }
        return probes.finding().health();
    }

    private void answerAll(int status) {
        List<FakeWire.Sent> sent = List.copyOf(bench.wire.sent);
        bench.wire.sent.clear();
        sent.stream().filter(one -> !silent.contains(one.hop.port())).forEach(one -> one.answer(status, "far"));
    }

    private int firstPort() {
        return targets.order().getFirst().port();
    }

    @Test
    void isUnknownUntilSomebodyAnswers() {
        assertEquals(Health.UNKNOWN, probes.finding().health());
        assertEquals(Health.UP, ask());
        assertEquals(0, probes.down());
    }

    @Test
    void anyAnswerIsASignOfLifeExceptOverload() {
        probes.ask();
        answerAll(404);
        assertEquals(Health.UP, probes.finding().health());
        probes.ask();
        answerAll(503);
        assertEquals(503, probes.finding().failure().orElseThrow().status());
    }

    @Test
    void aTrunkIsDegradedWhileOneServerIsSilentAndThatOneIsTriedLast() {
        silent.add(5061);
        assertEquals(Health.DEGRADED, ask());
        assertEquals(1, probes.down());
        assertEquals(5062, firstPort());
        silent.clear();
        assertEquals(Health.UP, ask());
        assertEquals(5061, firstPort());
    }

    @Test
    void aTrunkIsDownWhereNoServerAnswers() {
        ask();
        silent.addAll(List.of(5061, 5062));
        assertEquals(Health.DOWN, ask());
        assertEquals("no response", probes.finding().failure().orElseThrow().what());
        assertEquals(5061, firstPort(), "a call that has no other trunk still goes out");
    }

    @Test
    void twoLostProbesAreNotEnough() {
        ask();
        silent.add(5061);
        probes.ask();
        answerAll(200);
        bench.timers.advance(Duration.ofSeconds(10)); // 5 s of silence, 5 s until the next
        answerAll(200);
        bench.timers.advance(Duration.ofSeconds(5));
        assertEquals(Health.UP, probes.finding().health());
        assertTrue(probes.finding().failure().isPresent());
        silent.clear();
        bench.timers.advance(Duration.ofSeconds(5));
        answerAll(200);
        assertEquals(Health.UP, probes.finding().health());
        assertFalse(probes.finding().failure().isPresent());
    }

    @Test
    void oneAnswerDoesNotBringAServerBack() {
        silent.addAll(List.of(5061, 5062));
        ask();
        silent.clear();
        probes.ask();
        answerAll(200);
        assertEquals(Health.DOWN, probes.finding().health());
        bench.timers.advance(Duration.ofSeconds(5));
        answerAll(200);
        assertEquals(Health.UP, probes.finding().health());
    }

    @Test
    void onceItIsSureItAsksNoMoreUntilItIsTime() {
        silent.add(5061);
        ask();
        assertEquals(0, bench.timers.waiting());
        assertEquals(0, bench.wire.sent.size());
    }
}
