package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.ConfigProblems;
import io.copperline.config.ConfigReader;
import io.copperline.config.CopperlineSettings;
import io.copperline.sip.DialogSettings;
import io.copperline.sip.IncomingCall;
import io.copperline.sip.OutgoingCall;
import io.copperline.sip.Prack;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipStartException;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkState.Registration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A carrier that is two Kamailios by its SRV records, each with a telephone network of its own behind it; the first one dies. */
class KamailioFailoverIT {
    private static final String NUMBER = "+12025550150";
    private static final int GRANTED_SECONDS = 12;
    private static final Duration SOON = Duration.ofSeconds(4);
    private static final Duration SOUND = Duration.ofSeconds(2);
    /** A BYE by a proxy that has died is lost: what is left of the call ends when nobody refreshes it (RFC 4028). */
    private static final DialogSettings SHORT =
            new DialogSettings(Duration.ofSeconds(90), Duration.ofSeconds(90), Prack.SUPPORTED);

    private static final Duration FORGOTTEN = Duration.ofMinutes(2);
    /** A REGISTER that nobody answers is given up after 32 s (RFC 3261, timer F). */
    private static final Duration MOVED = Duration.ofSeconds(70);

    private final Path directory = Stage.emptyDirectory(KamailioFailoverIT.class);
    /** Of every call of ours. */
    private final ScheduledExecutorService owner = Executors.newSingleThreadScheduledExecutor();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final LinkedBlockingQueue<IncomingCall> incoming = new LinkedBlockingQueue<>();

    @RegisterExtension
    final Kept kept = new Kept();

    private Kamailio first;
    private Kamailio second;
    private FarEnd behindFirst;
    private FarEnd behindSecond;
    private DnsServer dns;

    @BeforeEach
    void start() throws IOException {
        kept.keep(owner::shutdownNow);
        kept.keep(clock::shutdownNow);
        Ports one = Ports.free();
        Ports two = Ports.free();
        first = kept.keep(kamailio(one, "first"));
        second = kept.keep(kamailio(two, "second"));
        behindFirst = kept.keep(new FarEnd(one.farEnd(), one.kamailio(), SHORT));
        behindSecond = kept.keep(new FarEnd(two.farEnd(), two.kamailio(), DialogSettings.USUAL));
        dns = kept.keep(DnsServer.open());
        for (String service : List.of("_sip._udp.carrier.test", "_sip._tcp.carrier.test")) {
            dns.srv(service, 10, 0, one.kamailio()).srv(service, 20, 0, two.kamailio());
        }
        dns.start();
    }

    private Kamailio kamailio(Ports ports, String name) {
        try {
            return new Kamailio(ports, Files.createDirectories(directory.resolve(name)), "MD5", GRANTED_SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Trunk trunk(String transport) throws IOException, ConfigProblems, SipStartException {
        Ports own = Ports.free();
        Path file = Files.writeString(directory.resolve("copperline.yaml"), """
                region: US
                auth: {hs256-secret: %s}
                sip: {bind: 127.0.0.1, udp-port: %d, tcp-port: %2$d, dns: ["127.0.0.1:%d"]}
                trunks:
                  carrier:
                    server: carrier.test
                    transport: %s
                    username: udp-account
                    password: udp-secret
                    register: true
                """.formatted(
                        GatewayProcess.SECRET, own.sip(), dns.address().getPort(), transport));
        CopperlineSettings settings = ConfigReader.read(file, Map.of());
        SipEndpoint sip = kept.keep(SipEndpoint.start(
                settings.sip(), settings.trunks(), incoming::add, InstantSource.system(), new SecureRandom()));
        var _ = clock.scheduleAtFixedRate(() -> sip.trunks().forEach(Trunk::onTime), 0, 1, TimeUnit.SECONDS);
        return sip.trunk("carrier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void theSecondTakesOverAndACallUnderWayGoesOn(String transport) throws Exception {
        Trunk trunk = trunk(transport);
        first.awaitSaid("registers udp-account by " + transport);
        FarCall underWay = call(trunk);
        FarCall there = answered(behindFirst, underWay);
        assertHeard(underWay, there);
        first.kill();
        Instant begun = Instant.now();
        FarCall next = call(trunk);
        FarCall nextThere = behindSecond.nextCall();
        Duration taken = Duration.between(begun, Instant.now());
        assertTrue(taken.compareTo(SOON) < 0, () -> "it came after " + taken);
        answer(nextThere, next);
        assertHeard(next, nextThere);
        underWay.wire().stopPlaying();
        assertHeard(there, underWay);
        underWay.hangUp();
        underWay.await("ended LOCAL HANGUP"); // whether or not its BYE finds a way
        Await.until("it registers at the second", MOVED, () -> second.count("registers udp-account by") > 0);
        Await.until("it is registered", () -> trunk.state().registration() == Registration.REGISTERED);
        assertComesInByTheSecond();
        String bye = "within a call: BYE by " + transport;
        int byes = second.count(bye);
        next.hangUp();
        nextThere.await("ended REMOTE HANGUP");
        Await.until("our BYE goes by the second", () -> second.count(bye) > byes);
        there.await("ended STACK SESSION_EXPIRED", FORGOTTEN);
    }

    private FarCall call(Trunk trunk) {
        FarCall call = new FarCall(owner);
        kept.keep(call::close);
        OutgoingCall wanted = new OutgoingCall("+13035550100", NUMBER, Optional.empty());
        call.place(listener -> trunk.call(wanted, call.local(), owner, listener));
        return call;
    }

    private static FarCall answered(FarEnd there, FarCall call) {
        FarCall far = there.nextCall();
        answer(far, call);
        return far;
    }

    private static void answer(FarCall far, FarCall call) {
        far.answer();
        call.await("answered");
        far.await("answered");
    }

    private static void assertHeard(FarCall speaker, FarCall listener) {
        speaker.wire().play(Speech.REPLY);
        Sounds.awaitHeard(Speech.REPLY, () -> listener.wire().hear(SOUND));
    }

    private void assertComesInByTheSecond() throws InterruptedException {
        FarCall caller = behindSecond.call(NUMBER);
        IncomingCall came = incoming.poll(20, TimeUnit.SECONDS);
        FarCall taken = new FarCall(owner);
        kept.keep(taken::close);
        taken.take(came);
        taken.answer();
        caller.await("answered");
        caller.hangUp();
        taken.await("ended REMOTE HANGUP");
    }
}
