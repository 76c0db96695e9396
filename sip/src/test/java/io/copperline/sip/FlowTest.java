package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.NextHop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final InetSocketAddress SEEN = new InetSocketAddress("203.0.113.1", 40_000);
    private static final Duration CONNECTION = Duration.ofMinutes(2);
    private static final Duration DATAGRAM = Duration.ofSeconds(29);
    private static final Duration PONG = Duration.ofSeconds(10);

    private final FakeWire wire = new FakeWire();
    private final FakeTimers timers = new FakeTimers();
    private Instant now = Instant.EPOCH;
    private int lost;

    private Flow flow(SipTransport transport, KeepAlive keepAlive) {
        TrunkSettings settings = TrunkSettings.to("carrier", "192.0.2.9", 5060, transport)
                .carriage(Carriage.USUAL.with(keepAlive))
                .build();
        NextHop hop = new NextHop("192.0.2.9", 5060, transport, "192.0.2.9");
        Line line = new Line(settings, new OwnName("192.0.2.1", 5060, transport, "test"), hop);
        Drops drops = new Drops(() -> now);
        LegParts parts = new LegParts(wire, timers, new Legs(), new Tokens(new Random(1)), drops);
        return new Flow(parts, () -> line, Runnable::run, () -> now, () -> lost++);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        timers.advance(time);
    }

    private List<String> pings() {
        return wire.pings.stream().map(FakeWire.Pinged::kind).toList();
    }

    private void pong(Optional<InetSocketAddress> seenAt) {
        wire.pings.getLast().listener().onPong(seenAt);
    }

    @Test
    void aConnectionIsPingedWithinTwoMinutesAndStaysWhileItAnswers() {
        flow(SipTransport.TCP, KeepAlive.USUAL).open(Optional.empty());
        pass(Duration.ofSeconds(95));
        assertEquals(List.of(), pings());
        pass(CONNECTION.minusSeconds(95));
        assertEquals(List.of("empty line"), pings());
        pong(Optional.empty());
        pass(Duration.ofSeconds(75));
        assertEquals(1, pings().size());
        assertEquals(0, lost);
        assertEquals(List.of(), wire.dropped);
    }

    @Test
    void aConnectionThatAnswersNoLongerIsDroppedAndWeRegisterAnew() {
        flow(SipTransport.TLS, KeepAlive.USUAL).open(Optional.empty());
        pass(CONNECTION);
        pong(Optional.empty());
        pass(CONNECTION);
        pass(PONG);
        assertEquals(1, wire.dropped.size());
        assertEquals(1, lost);
    }

    @Test
    void aCarrierThatHasNeverSentAPongIsNotDroppedForThat() {
        flow(SipTransport.TCP, KeepAlive.USUAL).open(Optional.empty());
        pass(Duration.ofHours(1));
        assertTrue(pings().size() > 25, () -> pings().size() + " pings");
        assertEquals(0, lost);
    }

    @Test
    void crlfMeansThatPongsMustCome() {
        flow(SipTransport.TCP, new KeepAlive(KeepAlive.Kind.CRLF, Duration.ofSeconds(30)))
                .open(Optional.empty());
        pass(Duration.ofSeconds(40));
        assertEquals(1, lost);
        assertEquals(1, wire.dropped.size());
    }

    @Test
    void theRegistrarSaysHowOften() {
        flow(SipTransport.TCP, KeepAlive.USUAL).open(Optional.of(Duration.ofSeconds(50)));
        pass(Duration.ofSeconds(50));
        assertEquals(List.of("empty line"), pings());
        pass(PONG);
        assertEquals(1, lost, "who sends Flow-Timer sends pongs");
    }

    @Test
    void stunFollowsTheAddressUnderWhichWeAreSeen() {
        Flow flow = flow(SipTransport.UDP, new KeepAlive(KeepAlive.Kind.AUTO, DATAGRAM));
        flow.open(Optional.empty());
        pass(DATAGRAM);
        pong(Optional.of(SEEN));
        pass(DATAGRAM);
        pong(Optional.of(SEEN));
        assertEquals(0, lost);
        pass(DATAGRAM);
        pong(Optional.of(new InetSocketAddress("203.0.113.1", 40_001)));
        assertEquals(1, lost);
        assertEquals(List.of("binding", "binding", "binding"), pings());
        flow.open(Optional.empty());
        pass(DATAGRAM);
        pong(Optional.of(new InetSocketAddress("203.0.113.1", 40_001)));
        assertEquals(1, lost);
    }

    @Test
    void aCarrierThatDoesNotSpeakStunGetsEmptyLines() {
        flow(SipTransport.UDP, KeepAlive.USUAL).open(Optional.empty());
        pass(DATAGRAM);
        pass(PONG);
        assertEquals(List.of("binding", "binding", "binding", "binding", "empty line"), pings());
        pass(DATAGRAM);
        pass(DATAGRAM);
        assertEquals(7, pings().size());
        assertEquals("empty line", pings().getLast());
        assertEquals(0, lost);
    }

    @Test
    void stunThatWasAnsweredAndIsNoLongerMeansThatTheWayIsLost() {
        flow(SipTransport.UDP, KeepAlive.USUAL).open(Optional.empty());
        pass(DATAGRAM);
        pong(Optional.of(SEEN));
        pass(DATAGRAM);
        pass(PONG);
        assertEquals(1, lost);
    }

    @Test
    void offMeansOff() {
        flow(SipTransport.UDP, new KeepAlive(KeepAlive.Kind.OFF, Duration.ZERO)).open(Optional.empty());
        pass(Duration.ofHours(1));
        assertEquals(List.of(), pings());
    }

    @Test
    void aConnectionThatEndsAgainAndAgainIsReopenedEverMoreSlowly() {
        Flow flow = flow(SipTransport.TCP, KeepAlive.USUAL);
        flow.open(Optional.empty());
        pass(Duration.ofMinutes(2));
        flow.broken("the connection ended");
        assertEquals(1, lost, "the first time at once");
        for (int pause = 5; pause <= 80; pause *= 2) {
            int before = lost;
            flow.open(Optional.empty());
            flow.broken("the connection ended");
            pass(Duration.ofSeconds(pause).dividedBy(2).minusMillis(1));
            assertEquals(before, lost, "after half of " + pause + " s");
            pass(Duration.ofSeconds(pause).dividedBy(2).plusMillis(1));
            assertEquals(before + 1, lost, "after " + pause + " s");
        }
        flow.open(Optional.empty());
        pass(Duration.ofMinutes(2));
        flow.broken("the connection ended");
        assertEquals(7, lost, "at once after a long life");
    }

    @Test
    void closedItIsNeitherPingedNorRenewed() {
        Flow flow = flow(SipTransport.TCP, KeepAlive.USUAL);
        flow.open(Optional.empty());
        flow.close();
        flow.broken("the connection ended");
        pass(Duration.ofHours(1));
        assertEquals(List.of(), pings());
        assertEquals(0, lost);
    }
}
