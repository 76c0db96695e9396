package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.Trunk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A carrier a good way off: its servers stand behind a long cable that loses packets, and a real name server says where (RFC 3263).
 * Some are dead, some busy, one is well.
 */
class FarCarriersIT {
    private static final String NUMBER = "+1404555010";
    private static final int CALLS = 4;
    private static final Duration SOON = Duration.ofSeconds(4);

    @RegisterExtension
    static final FarCarrier CARRIER = new FarCarrier();

    /**
     * Each call reaches the well one. By when is a matter of luck, since a lost INVITE comes half a second later, and the next a
     * second after that: half of the calls are in time, whatever becomes of the others.
     */
    @ParameterizedTest
    @ValueSource(strings = {"IPv4", "IPv6"})
    void aDeadServerAndABusyOneArePassedOverInTime(String family) throws SipStartException {
        boolean ipv6 = family.equals("IPv6");
        Namespace network = CARRIER.network();
        String there = ipv6 ? network.there6() : network.there();
        int port = ipv6 ? 5160 : 5060;
        CARRIER.dns()
                .naptr(10, "SIP+D2U", "_sip._udp.carrier.test")
                .srv("_sip._udp.carrier.test", "one.carrier.test", port, 10, 0)
                .srv("_sip._udp.carrier.test", "one.carrier.test", port + 1, 20, 0)
                .srv("_sip._udp.carrier.test", "one.carrier.test", port + 2, 30, 0)
                .host("one.carrier.test", there);
        SippServer busy = CARRIER.udp(there, port + 1, "is-overloaded");
        SippServer well = CARRIER.udp(there, port + 2, "answers");
        Trunk trunk = CARRIER.trunk(SipTransport.UDP, true, ipv6 ? network.here6() : network.here(), 3);
        CARRIER.cable().stretch(FarCarrier.DELAY_MILLIS, 10);
        Instant begun = Instant.now();
        List<FarCall> calls = IntStream.range(0, CALLS)
                .mapToObj(i -> CARRIER.call(trunk, NUMBER + i))
                .toList();
        calls.forEach(call -> call.await("answered", FarCarrier.LONGEST));
        calls.forEach(FarCall::hangUp);
        calls.forEach(call -> call.await("ended LOCAL HANGUP", FarCarrier.LONGEST));
        assertSoon(numbers().map(number -> Duration.between(begun, busy.invitedAt(number))));
        assertSoon(numbers().map(number -> Duration.between(busy.invitedAt(number), well.invitedAt(number))));
    }

    private static Stream<String> numbers() {
        return IntStream.range(0, CALLS).mapToObj(i -> NUMBER + i);
    }

    private static void assertSoon(Stream<Duration> delays) {
        List<Duration> sorted = delays.sorted().toList();
        assertTrue(sorted.get(CALLS / 2 - 1).compareTo(SOON) < 0, () -> "the next server was asked after " + sorted);
    }

    @Test
    void aServerWithBothKindsOfAddressIsReachedByTheOneThatWorks() throws SipStartException {
        SippServer well = CARRIER.udp(CARRIER.network().there6(), 5460, "answers");
        CARRIER.dns()
                .srv("_sip._udp.carrier.test", "both.carrier.test", 5460, 10, 0)
                .host(
                        "both.carrier.test",
                        CARRIER.network().there(),
                        CARRIER.network().there6());
        Trunk trunk = CARRIER.trunk(SipTransport.UDP, false, "0.0.0.0", 2);
        Instant begun = Instant.now();
        CARRIER.talk(trunk, NUMBER + 0);
        assertTrue(well.invitedAt().isBefore(begun.plus(SOON)), "IPv6 is tried in time");
        assertTrue(well.messages().contains("Via: SIP/2.0/UDP ["), well::messages);
    }

    @Test
    void recordsAreHeededForTheirTimeAndOldOnesWhenTheNameServerDies() throws SipStartException {
        SippServer first = CARRIER.udp(5560, "answers");
        SippServer second = CARRIER.udp(5561, "answers");
        CARRIER.dns()
                .naptr(10, "SIP+D2U", "_sip._udp.carrier.test")
                .host("one.carrier.test", CARRIER.network().there())
                .srv("_sip._udp.carrier.test", "one.carrier.test", 5560, 10, 0);
        Trunk trunk = CARRIER.trunk(SipTransport.UDP, true, CARRIER.network().here(), 1);
        CARRIER.talk(trunk, NUMBER + 0);
        CARRIER.dns().close();
        CARRIER.dns()
                .forgetLast()
                .srv("_sip._udp.carrier.test", "one.carrier.test", 5561, 10, 0)
                .srv("_sip._udp.carrier.test", "one.carrier.test", 5569, 20, 0)
                .start();
        Await.until(
                "the new records count", FarCarrier.LONGEST, () -> trunk.state().servers() == 2);
        CARRIER.talk(trunk, NUMBER + 1);
        assertEquals(1, first.invites());
        assertEquals(1, second.invites());
        CARRIER.dns().close();
        Await.until(
                "the name server is missed",
                FarCarrier.LONGEST,
                () -> trunk.state().lookupFailure().isPresent());
        CARRIER.talk(trunk, NUMBER + 2);
        assertEquals(2, second.invites());
        assertEquals(2, trunk.state().servers());
    }
}
