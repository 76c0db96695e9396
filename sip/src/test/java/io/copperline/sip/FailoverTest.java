package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.locate.Dns;
import io.copperline.sip.locate.DnsAnswer;
import io.copperline.sip.locate.DnsQuestion;
import io.copperline.sip.locate.DnsRecord;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.WireFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A call along a trunk's servers: three of them, by priority, behind one name (RFC 3263 section 4.3). */
class FailoverTest {
    private static final Duration TTL = Duration.ofMinutes(5);

    private final Bench bench = new Bench();
    private final Events events = bench.events;
    private Instant now = Instant.parse("2026-11-24T10:00:00Z");
    private Optional<String> dnsFailure = Optional.empty();
    private final TrunkSettings trunk = Sample.trunkTo("carrier", "sip.example.net", 0);
    private final TrunkAddresses addresses = new TrunkAddresses(trunk, List.of(SipTransport.UDP), zone());
    private final Targets targets = new Targets(addresses, () -> now, new Random(1));

    private Dns zone() {
        return question -> dnsFailure
                .map(why -> new DnsAnswer(List.of(), Duration.ZERO, Optional.of(why)))
                .orElseGet(() -> new DnsAnswer(records(question), TTL, Optional.empty()));
    }

    private static List<DnsRecord> records(DnsQuestion question) {
        return switch (question.type()) {
            case SRV ->
                List.of(
                        new DnsRecord.Srv(10, 1, 5061, "one.example.net"),
                        new DnsRecord.Srv(20, 1, 5062, "two.example.net"),
                        new DnsRecord.Srv(30, 1, 5063, "three.example.net"));
            case A -> List.of(new DnsRecord.Address(InetAddress.ofLiteral("127.0.0.1")));
            case AAAA, NAPTR -> List.of();
        };
    }

    private SipLeg call() {
        addresses.refresh(now);
        bench.settings = trunk;
        return FailoverLeg.start(
                bench.parts,
                targets,
                bench::line,
                Runnable::run,
                events,
                Sample.call("+12025550100"),
                Sample.audio(30000));
    }

    private int lastPort() {
        return bench.wire.last().hop.port();
    }

    private List<Integer> order() {
        return targets.order().stream().map(hop -> hop.port()).toList();
    }

    @Test
    void aRefusedConnectionLeadsToTheNextServerAtOnce() {
        call();
        FakeWire.Sent first = bench.wire.last();
        assertEquals(5061, lastPort());
        first.listener.onFailure(WireFailure.UNREACHABLE, "connection refused");
        assertEquals(5062, lastPort());
        assertNotEquals(first.request.callId(), bench.wire.last().request.callId());
        assertEquals(first.request.uri(), bench.wire.last().request.uri());
        bench.wire.last().answer(200, "far", Bench.sdp(40000));
        assertEquals(List.of("trying", "audio PCMU SENDRECV", "answered"), events.all);
        assertEquals(1, bench.legs.openCount());
    }

    @Test
    void silenceLeadsToTheNextServerInLessThanFourSeconds() {
        call();
        bench.timers.advance(Duration.ofMillis(2600));
        assertEquals(5062, lastPort());
        assertEquals(List.of(), events.all, "nobody is told");
        assertEquals(1, bench.wire.doubted.size(), "a connection to the silent one may lead nowhere");
        assertEquals(5061, bench.wire.doubted.getFirst().port());
    }

    @Test
    void theLastServerIsWaitedForLongerWhereThereIsNoOtherTrunk() {
        call();
        bench.timers.advance(Duration.ofMillis(2600));
        bench.timers.advance(Duration.ofMillis(2600));
        assertEquals(5063, lastPort());
        bench.timers.advance(Duration.ofSeconds(9));
        assertEquals(0, events.count("ended"));
        bench.timers.advance(Duration.ofSeconds(2));
        assertEquals(SipEnd.Kind.UNREACHABLE, events.end.kind());
        assertTrue(events.end.retryable());
        assertEquals(3, bench.wire.count("INVITE"));
        assertEquals(0, bench.legs.openCount());
    }

    @Test
    void whatAGivenUpServerSaysLateIsTidiedUpUnheard() {
        call();
        FakeWire.Sent first = bench.wire.last();
        bench.timers.advance(Duration.ofMillis(2600));
        FakeWire.Sent second = bench.wire.last();
        first.answer(180, "late");
        assertEquals(1, first.cancels.size());
        first.answer(200, "late", Bench.sdp(40000));
        assertEquals("late", bench.wire.acks.getFirst().toTag());
        assertEquals(first.request.callId(), bench.wire.only("BYE").request.callId());
        second.answer(180, "far");
        second.answer(200, "far", Bench.sdp(41000));
        assertEquals(List.of("trying", "ringing", "audio PCMU SENDRECV", "answered"), events.all);
        assertEquals(41000, events.audio.remoteRtp().orElseThrow().getPort());
        bench.timers.advance(Duration.ofMinutes(2));
        assertEquals(1, bench.legs.openCount());
    }

    @Test
    void anOverloadedServerRestsForAsLongAsItAsks() {
        call();
        Response busy = bench.wire.last().response(503, "far").with("Retry-After", "120 (maintenance)");
        bench.wire.last().listener.onResponse(busy);
        assertEquals(5062, lastPort());
        assertEquals(List.of(5062, 5063, 5061), order());
        now = now.plusSeconds(119);
        assertEquals(List.of(5062, 5063, 5061), order());
        now = now.plusSeconds(2);
        assertEquals(List.of(5061, 5062, 5063), order());
    }

    @Test
    void restsGrowUntilTheServerServes() {
        call();
        bench.wire.last().listener.onFailure(WireFailure.UNREACHABLE, "refused");
        now = now.plusSeconds(6);
        assertEquals(5061, order().getFirst());
        targets.failed(targets.order().getFirst(), Optional.empty());
        now = now.plusSeconds(6);
        assertEquals(5062, order().getFirst(), "10 s after the second failure");
        now = now.plusSeconds(5);
        targets.worked(targets.order().getFirst());
        targets.failed(targets.order().getFirst(), Optional.empty());
        now = now.plusSeconds(6);
        assertEquals(5061, order().getFirst());
    }

    @Test
    void aBusyPhoneIsNotAskedForTwice() {
        call();
        bench.wire.last().answer(486, "far");
        assertEquals(1, bench.wire.count("INVITE"));
        assertEquals("ended REMOTE REJECTED 486", events.all.getLast());
    }

    @Test
    void afterAPhoneHasRungNoOtherServerIsAsked() {
        call();
        bench.wire.last().answer(180, "far");
        bench.wire.last().answer(503, "far");
        assertEquals(1, bench.wire.count("INVITE"));
        assertEquals("ended REMOTE OVERLOAD 503", events.all.getLast());
    }

    @Test
    void aHangUpWhileHuntingIsTheEnd() {
        SipLeg leg = call();
        bench.timers.advance(Duration.ofMillis(2600));
        leg.hangUp(16);
        bench.timers.advance(Duration.ofSeconds(40));
        assertEquals(2, bench.wire.count("INVITE"));
        assertEquals(SipEnd.Kind.CANCELLED, events.end.kind());
        assertEquals(0, bench.timers.waiting());
    }

    @Test
    void beforeTheFirstLookUpTheNameGoesAsItIs() {
        assertEquals("sip.example.net", targets.order().getFirst().host());
    }

    @Test
    void anOutboundProxyIsWhereRequestsGoAndNotWhatTheyAskFor() {
        Reaching plain = Reaching.PLAIN;
        InetSocketAddress proxy = InetSocketAddress.createUnresolved("192.0.2.50", 5090);
        TrunkSettings behind = Sample.reaching(
                trunk, new Reaching(false, plain.answerTimeout(), plain.failoverCodes(), Optional.of(proxy)));
        TrunkAddresses there = new TrunkAddresses(behind, List.of(SipTransport.UDP), zone());
        bench.settings = behind;
        NextHop hop = there.hops(new Random(1)).getFirst();
        assertEquals(new NextHop("192.0.2.50", 5090, SipTransport.UDP, "192.0.2.50"), hop);
        Leg.outgoing(
                bench.parts, bench.line(hop), Runnable::run, events, Sample.call("+12025550100"), Sample.audio(30000));
        assertEquals(
                "sip:+12025550100@sip.example.net", bench.wire.last().request.uri());
        assertEquals(hop, bench.wire.last().hop);
        assertEquals(
                List.of("<sip:192.0.2.50:5090;lr>"),
                bench.wire.last().request.headers().all("Route"));
        Account account = new Account("alice", Optional.empty());
        new Registration(bench.parts, account, () -> bench.line(hop), failed -> {}, Runnable::run, () -> now).onTime();
        assertEquals("sip:sip.example.net", bench.wire.last().request.uri());
        assertEquals(
                List.of("<sip:192.0.2.50:5090;lr>"),
                bench.wire.last().request.headers().all("Route"));
    }

    @Test
    void whatWasKnownBeforeIsUsedWhileDnsFails() {
        addresses.refresh(now);
        dnsFailure = Optional.of("no answer");
        now = now.plus(TTL);
        addresses.refresh(now);
        assertEquals(List.of(5061, 5062, 5063), order());
        assertEquals("no answer", addresses.trouble().orElseThrow().what());
        dnsFailure = Optional.empty();
        now = now.plusSeconds(30);
        addresses.refresh(now);
        assertEquals(Optional.empty(), addresses.trouble());
    }
}
