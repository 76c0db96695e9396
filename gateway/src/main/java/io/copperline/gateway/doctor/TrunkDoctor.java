package io.copperline.gateway.doctor;

import io.copperline.gateway.doctor.Finding.Outcome;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Examines one trunk. Blocks, for some seconds at worst; each finding is told as soon as it is there. */
public final class TrunkDoctor {
    private static final int CONNECT_MILLIS = 5_000;
    /** A little more than a registration or an OPTIONS may stay without answer (RFC 3261 section 17.1.2.2, timer F). */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private static final Duration STEP = Duration.ofMillis(20);

    private final SipSettings sip;
    private final TrunkSettings trunk;
    private final InstantSource clock;
    private final LongSupplier nowNanos;
    private final RandomGenerator random;
    private final Consumer<Finding> told;
    private long began;
    private boolean healthy = true;

    /**
     * @param random where tags and nonces come from: one that nobody guesses
     * @param told hears of each finding
     */
    public TrunkDoctor(
            SipSettings sip,
            TrunkSettings trunk,
            InstantSource clock,
            LongSupplier nowNanos,
            RandomGenerator random,
            Consumer<Finding> told) {
        this.sip = sip;
        this.trunk = trunk;
        this.clock = clock;
        this.nowNanos = nowNanos;
        this.random = random;
        this.told = told;
    }

    /** Takes every step; whether none failed. */
    public boolean examine() {
        List<Target> servers = resolve();
        servers.forEach(this::connect);
        if (!healthy) {
            skip("options", "an earlier step failed");
            skip("register", "an earlier step failed");
            return false;
        }
        try (SipEndpoint endpoint =
                SipEndpoint.start(onPortsOfItsOwn(), List.of(trunk), call -> call.refuse(480, 0), clock, random)) {
            Trunk line = endpoint.trunk(trunk.name());
            options(line);
            register(line);
        } catch (SipStartException e) {
            begin();
            fail("options", e.getMessage(), "mend what stands below sip: in the configuration");
        }
        return healthy;
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
        begin();
        Optional<InetSocketAddress> proxy = trunk.reaching().outboundProxy();
        String host = proxy.map(InetSocketAddress::getHostString).orElse(trunk.host());
        int port = proxy.map(InetSocketAddress::getPort).orElse(trunk.port());
        Wanted wanted = new Wanted(host, port, transports());
        List<Target> servers = Locator.locate(new DnsJava(sip.dns()), wanted).order(random);
        if (servers.isEmpty()) {
            fail(
                    "resolve",
                    "DNS has no servers and no address for " + host,
                    "check server:, transport: and this machine's name servers");
        } else {
            pass(
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
            skip("connect", words(server) + ": UDP has no connections");
            return;
        }
        begin();
        InetSocketAddress address = new InetSocketAddress(server.address(), server.port());
        try {
            if (server.transport() == SipTransport.TLS) {
                pass(
                        "connect",
                        words(server) + ": " + CertificateLook.at(address, trunk.host(), tls(), CONNECT_MILLIS));
            } else {
                try (Socket socket = new Socket()) {
                    socket.connect(address, CONNECT_MILLIS);
                }
                pass("connect", words(server) + ": connected");
            }
        } catch (SipStartException e) {
            fail("connect", e.getMessage(), "mend tls: below sip: or the trunk's tls- keys");
        } catch (IOException | GeneralSecurityException e) {
            fail(
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
        begin();
        line.probe();
        TrunkState state =
                await(line, s -> s.roundTrip().isPresent() || s.probeFailure().isPresent());
        if (state.roundTrip().isPresent()) {
            pass("options", "the carrier answers");
        } else {
            fail(
                    "options",
                    state.probeFailure(),
                    "no answer to OPTIONS",
                    "open the SIP port; check server: and transport:");
        }
    }

    private void register(Trunk line) {
        if (!trunk.register()) {
            skip("register", "register: is off; the carrier must know this machine's address");
            return;
        }
        begin();
        TrunkState state = await(line, s -> s.registration() != Registration.REGISTERING);
        if (state.registration() == Registration.REGISTERED) {
            pass("register", "registered until " + state.registeredUntil().orElseThrow());
        } else {
            fail("register", state.registrationFailure(), "no answer to REGISTER", "check username: and password:");
        }
    }

    private TrunkState await(Trunk line, Predicate<TrunkState> wanted) {
        long end = nowNanos.getAsLong() + PATIENCE.toNanos();
        while (!wanted.test(line.state()) && nowNanos.getAsLong() - end < 0) {
            LockSupport.parkNanos(STEP.toNanos());
        }
        return line.state();
    }

    private void begin() {
        began = nowNanos.getAsLong();
    }

    private void pass(String step, String what) {
        tell(step, Outcome.PASS, what, "");
    }

    private void skip(String step, String why) {
        begin();
        tell(step, Outcome.SKIPPED, why, "");
    }

    private void fail(String step, Optional<TrunkFailure> failure, String otherwise, String fix) {
        fail(
                step,
                failure.map(TrunkFailure::what).orElse(otherwise),
                failure.map(TrunkFailure::fix).orElse(fix));
    }

    private void fail(String step, String what, String fix) {
        healthy = false;
        tell(step, Outcome.FAIL, what, fix);
    }

    private void tell(String step, Outcome outcome, String what, String fix) {
        long millis = Duration.ofNanos(nowNanos.getAsLong() - began).toMillis();
        told.accept(new Finding(step, outcome, what, fix, millis));
    }
}
