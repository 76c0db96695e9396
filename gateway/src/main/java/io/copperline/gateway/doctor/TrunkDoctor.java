package io.copperline.gateway.doctor;

import io.copperline.codecs.audio.Opus;
import io.copperline.codecs.audio.OpusMissing;
import io.copperline.gateway.media.Media;
import io.copperline.gateway.media.MediaUnavailable;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TlsSettings;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkFailure;
import io.copperline.sip.TrunkSettings;
import io.copperline.sip.TrunkState;
import io.copperline.sip.TrunkState.Registration;
import io.copperline.sip.locate.DnsJava;
import io.copperline.sip.locate.Locator;
import io.copperline.sip.locate.Target;
import io.copperline.sip.locate.Wanted;
import io.copperline.webrtc.dtls.DtlsCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Examines one trunk. Blocks, for some seconds at worst, and with a call for a minute or more; each finding is told as soon as it is there. */
public final class TrunkDoctor {
    private static final int CONNECT_MILLIS = 5_000;
    /** A little more than a registration or an OPTIONS may stay without answer (RFC 3261 section 17.1.2.2, timer F). */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private static final Duration STEP = Duration.ofMillis(20);

    private final SipSettings sip;
    private final TrunkSettings trunk;
    private final Optional<TestCall> testCall;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Findings findings;

    /**
     * @param testCall the call to make when all else is well
     * @param random where tags and nonces come from: one that nobody guesses
     * @param told hears of each finding
     */
    public TrunkDoctor(
            SipSettings sip,
            TrunkSettings trunk,
            Optional<TestCall> testCall,
            InstantSource clock,
            LongSupplier nowNanos,
            SecureRandom random,
            Consumer<Finding> told) {
        this.sip = sip;
        this.trunk = trunk;
        this.testCall = testCall;
        this.clock = clock;
        this.random = random;
        findings = new Findings(nowNanos, told);
    }

    /** Takes every step; whether none failed. */
    public boolean examine() {
        List<Target> servers = resolve();
        servers.forEach(this::connect);
        if (!findings.healthy()) {
            findings.skip("options", "an earlier step failed");
            findings.skip("register", "an earlier step failed");
            testCall.ifPresent(_ -> findings.skip("call", "an earlier step failed"));
            return false;
        }
        try (SipEndpoint endpoint =
                SipEndpoint.start(onPortsOfItsOwn(), List.of(trunk), call -> call.refuse(480, 0), clock, random)) {
            Trunk line = endpoint.trunk(trunk.name());
            options(line);
            register(line);
            call(line);
        } catch (SipStartException e) {
            findings.begin();
            findings.fail("options", e.getMessage(), "mend what stands below sip: in the configuration");
        }
        return findings.healthy();
    }

    private SipSettings onPortsOfItsOwn() {
        return new SipSettings(
                sip.bindAddress(),
                sip.advertisedAddress(),
                0,
                SipSettings.ANY_FREE_PORT,
                sip.tls().isPresent() ? SipSettings.ANY_FREE_PORT : 0,
                sip.tls(),
                sip.userAgent(),
                sip.dns());
    }

    /** Every server that a call would be tried at, best first. */
    private List<Target> resolve() {
        findings.begin();
        Optional<InetSocketAddress> proxy = trunk.reaching().outboundProxy();
        String host = proxy.map(InetSocketAddress::getHostString).orElse(trunk.host());
        int port = proxy.map(InetSocketAddress::getPort).orElse(trunk.port());
        Wanted wanted = new Wanted(host, port, transports());
        List<Target> servers = Locator.locate(new DnsJava(sip.dns()), wanted).order(random);
        if (servers.isEmpty()) {
            findings.fail(
                    "resolve",
                    "DNS has no servers and no address for " + host,
                    "check server:, transport: and this machine's name servers");
        } else {
            findings.pass(
                    "resolve",
                    trunk.host() + " is "
                            + servers.stream().map(TrunkDoctor::words).collect(Collectors.joining(", ")));
        }
        return servers;
    }

    private List<SipTransport> transports() {
        if (!trunk.reaching().anyTransport()) {
            return List.of(trunk.transport());
        }
        return Arrays.stream(SipTransport.values())
                .filter(one -> one != SipTransport.TLS || sip.tls().isPresent())
                .toList();
    }

    private static String words(Target server) {
        return server.address().getHostAddress() + " port " + server.port() + " "
                + server.transport().wireName();
    }

    private void connect(Target server) {
        if (server.transport() == SipTransport.UDP) {
            findings.skip("connect", words(server) + ": UDP has no connections");
            return;
        }
        findings.begin();
        InetSocketAddress address = new InetSocketAddress(server.address(), server.port());
        try {
            if (server.transport() == SipTransport.TLS) {
                findings.pass(
                        "connect",
                        words(server) + ": " + CertificateLook.at(address, trunk.host(), tls(), CONNECT_MILLIS));
            } else {
                try (Socket socket = new Socket()) {
                    socket.connect(address, CONNECT_MILLIS);
                }
                findings.pass("connect", words(server) + ": connected");
            }
        } catch (SipStartException e) {
            findings.fail("connect", e.getMessage(), "mend tls: below sip: or the trunk's tls- keys");
        } catch (SSLException e) {
            TrunkFailure failure = TrunkFailure.noConnection(e, clock.instant());
            findings.fail("connect", words(server) + ": " + failure.what(), failure.fix());
        } catch (IOException | GeneralSecurityException e) {
            findings.fail(
                    "connect",
                    "no connection to " + words(server) + ": " + e.getMessage(),
                    "check server: and transport:, and that a firewall lets this machine out to that port");
        }
    }

    /** As whom we show ourselves to this carrier. */
    private Optional<TlsSettings> tls() {
        return sip.tls().map(trunk.carriage().tls()::over);
    }

    private void options(Trunk line) {
        findings.begin();
        line.probe();
        TrunkState state =
                await(line, s -> s.roundTrip().isPresent() || s.probeFailure().isPresent());
        if (state.roundTrip().isPresent()) {
            findings.pass("options", "the carrier answers");
        } else {
            findings.fail(
                    "options",
                    state.probeFailure(),
                    "no answer to OPTIONS",
                    "open the SIP port; check server: and transport:");
        }
    }

    private void register(Trunk line) {
        if (!trunk.register()) {
            findings.skip("register", "register: is off; the carrier must know this machine's address");
            return;
        }
        findings.begin();
        TrunkState state = await(
                line,
                s -> s.accounts().stream().noneMatch(account -> account.registration() == Registration.REGISTERING));
        state.accounts().forEach(account -> register(account, state.accounts().size() > 1));
    }

    private void register(TrunkState.AccountState account, boolean several) {
        String who = several ? account.username() + ": " : "";
        if (account.registration() == Registration.REGISTERED) {
            findings.pass(
                    "register", who + "registered until " + account.until().orElseThrow());
        } else {
            Optional<TrunkFailure> failure = account.failure();
            findings.fail(
                    "register",
                    who + failure.map(TrunkFailure::what).orElse("no answer to REGISTER"),
                    failure.map(TrunkFailure::fix).orElse("check username: and password:"));
        }
    }

    private void call(Trunk line) {
        if (testCall.isEmpty()) {
            return;
        }
        if (!findings.healthy()) {
            findings.skip("call", "an earlier step failed");
            return;
        }
        TestCall wish = testCall.get();
        if (wish.running().isPresent()) {
            new CallCheck(findings, line, wish.running().get()).run(wish.call());
            return;
        }
        findings.begin();
        try (Media media = Media.start(
                wish.onPortsOfItsOwn(),
                Opus.load(wish.media().opusLibrary()),
                DtlsCertificate.create(random, clock.instant()),
                wish.region())) {
            new CallCheck(findings, line, media).run(wish.call());
        } catch (MediaUnavailable | OpusMissing e) {
            findings.fail("call", e.getMessage(), "mend what stands below media: in the configuration");
        }
    }

    private TrunkState await(Trunk line, Predicate<TrunkState> wanted) {
        long end = findings.nowNanos() + PATIENCE.toNanos();
        while (!wanted.test(line.state()) && findings.nowNanos() - end < 0) {
            LockSupport.parkNanos(STEP.toNanos());
        }
        return line.state();
    }
}
