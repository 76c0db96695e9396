package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways by which calls reach carriers and come from them, each at an address of its own, and which of them is taken. */
class CarrierPathsIT {
    private static final String ALICE = "+12025550150";
    private static final String TCP = "+14045550105";
    private static final String BOUND = "+14045550106";
    private static final String SMALL_THEN_LARGE = "+14045550108";
    private static final String PLAIN_OR_LARGE = "+14045550109";
    private static final String REALMS = "+14045550111";
    private static final String SIX = "+14045550116";
    private static final Duration SOUND = Duration.ofSeconds(2);

    @RegisterExtension
    static final Stage STAGE = new Stage(Family.IPV4, "ice: full").configuredBy("/it/carriers.yaml");

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();

    @AfterAll
    static void stop() {
        CLOCK.shutdownNow();
    }

    private static Carrier carrier(String host) {
        return STAGE.carrier().at(host);
    }

    private static Sipp answers(Carrier carrier, String scenario, TrunkWire wire) {
        return Sipp.answers(STAGE.directory(), carrier, scenario, "wire", "" + wire.port());
    }

    private static HttpCall talk(String number) {
        HttpCall call = HttpCall.place(STAGE.gateway(), number);
        call.awaitState("answered");
        return call;
    }

    /** What the wire plays comes back from the web app. */
    private static void assertComesBack(TrunkWire wire) {
        wire.play(Speech.REPLY);
        Sounds.awaitHeard(Speech.REPLY.pcm(), () -> wire.hear(SOUND));
    }

    @Test
    void aCallGoesByTcpFromItsFirstRequestToItsLast() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp sipp = answers(carrier("127.0.0.5").byTcp(), "answers-on-a-wire", wire)) {
            carrier("127.0.0.5").awaitListening();
            try (HttpCall call = talk(TCP)) {
                assertComesBack(wire);
                call.hangUp();
                sipp.succeeds();
            }
            assertEquals(1, sipp.received("BYE ").size());
            assertTrue(sipp.messages().contains("Via: SIP/2.0/TCP 127.0.0.1:"), sipp::messages);
            assertTrue(sipp.messages().contains(";transport=tcp>"), sipp::messages);
        }
    }

    @Test
    void aCallGoesOutOverIpv6() throws Exception {
        try (TrunkWire wire = TrunkWire.open(CLOCK, InetAddress.ofLiteral("::1"));
                Sipp sipp = answers(carrier("::1"), "answers-over-ipv6", wire);
                HttpCall call = talk(SIX)) {
            assertComesBack(wire);
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void aCallComesInOverIpv6() throws Exception {
        Ports ports = STAGE.gateway().ports();
        try (TrunkWire wire = TrunkWire.open(CLOCK, InetAddress.ofLiteral("::1"));
                PhoneSocket phone = new PhoneSocket(ports.http(), Tokens.alice());
                Sipp sipp = Sipp.calls(
                        STAGE.directory(),
                        carrier("::1"),
                        ports.sip(),
                        ALICE,
                        "calls-over-ipv6",
                        "wire",
                        "" + wire.port())) {
            phone.answer(phone.await("incoming"));
            phone.awaitEvent("answered");
            assertComesBack(wire);
            phone.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void allOfATrunkLeavesByItsOwnAddress() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp sipp = answers(carrier("127.0.0.6"), "answers-on-a-wire", wire);
                HttpCall call = talk(BOUND)) {
            InetAddress source =
                    Await.value("audio", Await.USUAL, wire::destination).getAddress();
            assertEquals("127.0.0.16", source.getHostAddress());
            Await.until("reports, too", () -> !wire.reports().isEmpty());
            call.hangUp();
            sipp.succeeds();
            assertTrue(sipp.messages().contains("Via: SIP/2.0/UDP 127.0.0.16:"), sipp::messages);
            assertTrue(sipp.messages().contains("@127.0.0.16:"), sipp::messages);
            assertTrue(sipp.messages().contains("c=IN IP4 127.0.0.16"), sipp::messages);
        }
    }

    @Test
    void aStrangerHearsNothing() {
        GatewayProcess gateway = STAGE.gateway();
        String strangers = "copperline_drops_total{reason=\"stranger\",room=\"sip\"}";
        double before = gateway.metric(strangers);
        try (Sipp sipp = Sipp.calls(
                STAGE.directory(), carrier("127.0.0.99"), gateway.ports().sip(), ALICE, "is-a-stranger")) {
            sipp.succeeds();
            assertEquals(List.of(), sipp.received("SIP/2.0 "), "nothing came back");
            Await.until("it is counted", () -> gateway.metric(strangers) > before);
        }
    }

    @Test
    void aCallerWithoutEncryptionIsRefusedBeforeAnybodyRings() {
        GatewayProcess gateway = STAGE.gateway();
        String ended = "copperline_calls_ended_total{code=\"no-common-encryption\"}";
        double before = gateway.metric(ended);
        try (PhoneSocket phone = new PhoneSocket(gateway.ports().http(), Tokens.alice());
                Sipp sipp = Sipp.calls(
                        STAGE.directory(),
                        carrier("127.0.0.7"),
                        gateway.ports().sip(),
                        ALICE,
                        "calls-without-encryption")) {
            sipp.succeeds();
            Await.until("the call is told of", () -> gateway.metric(ended) > before);
            assertEquals(List.of("welcome"), phone.types());
        }
    }

    @Test
    void aCarrierThatWantsEncryptionIsToldOfAsThat() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp sipp = answers(carrier("127.0.0.2"), "wants-encryption", wire);
                HttpCall call = HttpCall.place(STAGE.gateway(), "+14045550102")) {
            assertEquals("ended no-common-encryption", call.story().getLast());
            sipp.succeeds();
        }
    }

    @Test
    void theCarriersOwnWordForARefusalIsToldToTheApp() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp sipp = answers(carrier("127.0.0.2"), "says-why-it-refuses", wire);
                HttpCall call = HttpCall.place(STAGE.gateway(), "+14045550102")) {
            assertEquals("ended congestion", call.story().getLast());
            sipp.succeeds();
        }
    }

    @Test
    void credentialsOfTwoRealmsAndANewNonceAreFoundInOneCall() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp sipp = answers(carrier("127.0.0.11"), "asks-for-credentials-of-two-realms", wire);
                HttpCall call = talk(REALMS)) {
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void aCallGoesPastATrunkThatIsFull() {
        try (TrunkWire wire = TrunkWire.open(CLOCK);
                Sipp small = answers(carrier("127.0.0.8"), "answers-on-a-wire", wire);
                SippServer large = SippServer.at(STAGE.directory(), carrier("127.0.0.9"), "answers");
                HttpCall first = talk(SMALL_THEN_LARGE);
                HttpCall second = talk(SMALL_THEN_LARGE)) {
            assertEquals(1, small.received("INVITE ").size());
            assertEquals(1, large.invites());
            second.hangUp();
            first.hangUp();
            small.succeeds();
        }
    }

    @Test
    void callsAreSharedByWeight() {
        try (SippServer plain = SippServer.at(STAGE.directory(), carrier("127.0.0.2"), "is-busy");
                SippServer large = SippServer.at(STAGE.directory(), carrier("127.0.0.9"), "is-busy")) {
            for (int i = 0; i < 20; i++) {
                try (HttpCall call = HttpCall.place(STAGE.gateway(), PLAIN_OR_LARGE)) {
                    assertEquals("ended busy", call.story().getLast());
                }
            }
            assertTrue(plain.invites() > 0 && large.invites() > 0, plain.invites() + " and " + large.invites());
        }
    }
}
