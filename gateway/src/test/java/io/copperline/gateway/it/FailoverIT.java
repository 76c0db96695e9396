package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.gateway.FreePorts;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.Reaching;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkSettings;
import io.copperline.sip.TrunkState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A trunk whose servers stand in DNS, and are several: RFC 3263 with a real name server, sipp as the servers, and dead ones. */
class FailoverIT {
    private static final Duration SOON = Duration.ofSeconds(4);
    private static final SipTransport UDP = SipTransport.UDP;

    private final Path directory = Stage.emptyDirectory(FailoverIT.class);
    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();

    @RegisterExtension
    final Kept kept = new Kept();

    private DnsServer dns;

    @BeforeEach
    void open() throws IOException {
        kept.keep(owner::shutdownNow);
        dns = kept.keep(DnsServer.open());
    }

    private Trunk trunk(SipTransport transport, boolean anyTransport, int servers) throws SipStartException {
        Reaching plain = Reaching.PLAIN;
        return trunk(
                transport,
                new Reaching(anyTransport, plain.answerTimeout(), plain.failoverCodes(), Optional.empty()),
                servers);
    }

    private Trunk trunk(SipTransport transport, Reaching reaching, int servers) throws SipStartException {
        TrunkSettings settings = TrunkSettings.to("carrier", "carrier.test", 0, transport)
                .codecs(AudioCodec.PCMU)
                .reaching(reaching)
                .build();
        SipSettings sockets = new SipSettings(
                "127.0.0.1",
                "",
                0,
                SipSettings.ANY_FREE_PORT,
                0,
                Optional.empty(),
                "Copperline test",
                List.of(dns.start().address()));
        SipEndpoint sip = kept.keep(
                SipEndpoint.start(sockets, List.of(settings), _ -> {}, InstantSource.system(), new Random(3)));
        Trunk trunk = sip.trunk("carrier");
        Await.until("the servers are looked up", () -> trunk.state().servers() == servers);
        return trunk;
    }

    /** Calls, is answered, hangs up; what happened meanwhile. */
    private List<String> talk(Trunk trunk) {
        FarCall call = new FarCall(owner);
        kept.keep(call::close);
        OutgoingCall wanted = new OutgoingCall("+14045550100", "+12025550150", Optional.empty());
        call.place(listener -> trunk.call(wanted, call.local(), owner, listener));
        call.await("answered");
        call.hangUp();
        call.await("ended");
        return call.events();
    }

    @Test
    void callsGoToEachServerByItsWeight() throws SipStartException {
        SippServer one = udpServer(10, 50, "answers");
        SippServer two = udpServer(10, 50, "answers");
        Trunk trunk = trunk(UDP, false, 2);
        for (int i = 0; i < 20; i++) {
            talk(trunk);
        }
        assertTrue(one.invites() > 0 && two.invites() > 0, one.invites() + " and " + two.invites());
    }

    @Test
    void aClosedPortAndASilentSocketArePassedOver() throws IOException, SipStartException {
        dns.srv("_sip._udp.carrier.test", 10, 0, FreePorts.one());
        CompletableFuture<Instant> heard = silentServer(20);
        SippServer alive = udpServer(30, 0, "answers");
        Trunk trunk = trunk(UDP, false, 3);
        Instant begun = Instant.now();
        assertEquals(List.of("trying", "ringing", "audio SENDRECV", "answered", "ended LOCAL HANGUP 0"), talk(trunk));
        Await.until("the silent one was asked", heard::isDone);
        assertSoon(begun, heard.join());
        assertSoon(heard.join(), alive.invitedAt());
        talk(trunk);
        assertEquals(2, alive.invites(), "the dead ones rest");
    }

    @Test
    void aRefusedConnectionIsPassedOverAtOnce() throws SipStartException {
        dns.srv("_sip._tcp.carrier.test", 10, 0, FreePorts.one());
        int port = FreePorts.one();
        SippServer alive = kept.keep(SippServer.tcp(directory, port, "answers"));
        dns.srv("_sip._tcp.carrier.test", 20, 0, port);
        Trunk trunk = trunk(SipTransport.TCP, false, 2);
        Instant begun = Instant.now();
        assertEquals(List.of("trying", "ringing", "audio SENDRECV", "answered", "ended LOCAL HANGUP 0"), talk(trunk));
        assertSoon(begun, alive.invitedAt());
    }

    @Test
    void anOverloadedServerIsLeftAlone() throws SipStartException {
        SippServer busy = udpServer(10, 0, "is-overloaded");
        SippServer alive = udpServer(20, 0, "answers");
        Trunk trunk = trunk(UDP, false, 2);
        assertEquals(List.of("trying", "ringing", "audio SENDRECV", "answered", "ended LOCAL HANGUP 0"), talk(trunk));
        talk(trunk);
        assertEquals(1, busy.invites());
        assertEquals(2, alive.invites());
    }

    @Test
    void naptrRecordsChooseTheTransport() throws SipStartException {
        int port = FreePorts.one();
        SippServer tcp = kept.keep(SippServer.tcp(directory, port, "answers"));
        dns.naptr("carrier.test", 10, 10, "SIP+D2T", "_sip._tcp.carrier.test")
                .naptr("carrier.test", 20, 10, "SIP+D2U", "_sip._udp.carrier.test")
                .srv("_sip._tcp.carrier.test", 10, 0, port);
        SippServer udp = udpServer(10, 0, "answers");
        Trunk trunk = trunk(UDP, true, 1);
        talk(trunk);
        assertEquals(1, tcp.invites());
        assertEquals(0, udp.invites());
        assertTrue(tcp.messages().contains("Via: SIP/2.0/TCP"), tcp::messages);
    }

    @Test
    void callsGoThroughTheOutboundProxy() throws SipStartException {
        int port = FreePorts.one();
        dns.srv("_sip._udp.proxy.test", 10, 0, port);
        SippServer proxy = kept.keep(SippServer.udp(directory, port, "answers"));
        Reaching plain = Reaching.PLAIN;
        InetSocketAddress named = InetSocketAddress.createUnresolved("proxy.test", 0);
        Trunk trunk =
                trunk(UDP, new Reaching(false, plain.answerTimeout(), plain.failoverCodes(), Optional.of(named)), 1);
        talk(trunk);
        assertTrue(proxy.messages().contains("INVITE sip:+14045550100@carrier.test SIP/2.0"), proxy::messages);
        assertTrue(proxy.messages().contains("Route: <sip:proxy.test;lr>"), proxy::messages);
    }

    @Test
    void aTrunkIsDegradedWhileOneServerDoesNotAnswerOptionsAndDownWhileNoneDoes() throws SipStartException {
        int port = FreePorts.one();
        SippServer alive = kept.keep(SippServer.tcp(directory, port, "answers-options"));
        dns.srv("_sip._tcp.carrier.test", 10, 0, FreePorts.one()).srv("_sip._tcp.carrier.test", 20, 0, port);
        Trunk trunk = trunk(SipTransport.TCP, false, 2);
        trunk.probe();
        awaitHealth(trunk, TrunkState.Health.DEGRADED);
        assertEquals(1, trunk.state().serversDown());
        assertTrue(trunk.state().usable());
        alive.close();
        trunk.probe();
        awaitHealth(trunk, TrunkState.Health.DOWN);
        assertFalse(trunk.state().usable());
    }

    /** Three failures make a server down, and five seconds are between them. */
    private static void awaitHealth(Trunk trunk, TrunkState.Health health) {
        Await.until(
                "the trunk is " + health,
                Duration.ofSeconds(60),
                () -> trunk.state().health() == health);
    }

    private SippServer udpServer(int priority, int weight, String scenario) {
        int port = FreePorts.one();
        dns.srv("_sip._udp.carrier.test", priority, weight, port);
        return kept.keep(SippServer.udp(directory, port, scenario));
    }

    /** A socket that takes everything and says nothing; when the first packet has come. */
    private CompletableFuture<Instant> silentServer(int priority) throws IOException {
        DatagramSocket socket =
                kept.keep(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        dns.srv("_sip._udp.carrier.test", priority, 0, socket.getLocalPort());
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        socket.receive(new DatagramPacket(new byte[1], 1));
                        return Instant.now();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    private static void assertSoon(Instant one, Instant next) {
        Duration between = Duration.between(one, next);
        assertTrue(between.compareTo(SOON) < 0, () -> "the next server was asked after " + between);
    }
}
