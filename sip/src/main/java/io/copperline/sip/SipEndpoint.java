package io.copperline.sip;

import io.copperline.sip.locate.Dns;
import io.copperline.sip.locate.DnsCache;
import io.copperline.sip.locate.DnsJava;
import io.copperline.sip.stir.Verdict;
import io.copperline.sip.wire.SipWire;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SIP side of the gateway: its ports, its trunks, its legs. Several may live in one process, each with ports of its own. Safe
 * from any thread.
 */
public final class SipEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SipEndpoint.class);
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Wires wires;
    private final SipWire wire;
    private final ScheduledTimers timers;
    private final Legs legs;
    private final Drops drops;
    private final List<Trunk> trunks;
    private final Reception reception;
    private final Stir stir;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SipEndpoint(
            Wires wires,
            ScheduledTimers timers,
            Legs legs,
            Drops drops,
            List<Trunk> trunks,
            Reception reception,
            Stir stir) {
        this.stir = stir;
        this.wires = wires;
        this.wire = wires.general();
        this.timers = timers;
        this.legs = legs;
        this.drops = drops;
        this.trunks = List.copyOf(trunks);
        this.reception = reception;
    }

    /**
     * Opens the ports, hears calls and begins to register. {@link Trunk#onTime} must be called every few seconds from then on.
     *
     * @param calls who is told of incoming calls, on the stack's thread
     * @param random where tags and nonces come from: one that nobody guesses
     * @throws SipStartException with the address, port or file, and the fix
     */
    public static SipEndpoint start(
            SipSettings settings,
            List<TrunkSettings> trunkSettings,
            IncomingCalls calls,
            InstantSource clock,
            RandomGenerator random)
            throws SipStartException {
        Stir stir = Stir.load(trunkSettings, clock);
        Drops drops = new Drops(clock);
        Wires wires = Wires.open(settings, trunkSettings, drops, clock);
        SipWire wire = wires.general();
        ScheduledTimers timers = new ScheduledTimers();
        Legs legs = new Legs();
        LegParts parts = new LegParts(wire, timers, legs, new Tokens(random), drops, stir);
        Dns dns = new DnsCache(new DnsJava(settings.dns()), clock);
        try {
            List<Trunk> trunks = new ArrayList<>();
            for (TrunkSettings one : trunkSettings) {
                SipWire own = new SizedWire(wires.of(one), one.carriage().largestDatagram(), clock);
                trunks.add(trunk(parts.by(own), settings, one, dns, clock, random));
            }
            Reception reception = new Reception(parts, List.copyOf(trunks), calls, settings.userAgent());
            wires.listen(reception);
            trunks.forEach(Trunk::onTime);
            LOG.info(
                    "SIP is open on {}: UDP {}, TCP {}, TLS {}",
                    settings.bindAddress(),
                    wire.port(SipTransport.UDP),
                    wire.port(SipTransport.TCP),
                    wire.port(SipTransport.TLS));
            return new SipEndpoint(wires, timers, legs, drops, trunks, reception, stir);
        } catch (SipStartException | RuntimeException e) {
            timers.close();
            wires.close();
            throw e;
        }
    }

    /** The trunk of this name; IllegalArgumentException where there is none. */
    public Trunk trunk(String name) {
        return trunks.stream()
                .filter(trunk -> trunk.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no trunk named " + name));
    }

    public List<Trunk> trunks() {
        return trunks;
    }

    /** The UDP port that is really open. */
    public int udpPort() {
        return wire.port(SipTransport.UDP);
    }

    /** The TCP port that is really open, or 0. */
    public int tcpPort() {
        return wire.port(SipTransport.TCP);
    }

    /** The TLS port that is really open, or 0. */
    public int tlsPort() {
        return wire.port(SipTransport.TLS);
    }

    /** Reads certificates and keys again where their files have changed, for new connections. Blocks; to be called now and then. */
    public void refreshCertificates() {
        wires.refreshCertificates();
    }

    /** Legs that have not ended. */
    public int openLegs() {
        return legs.openCount();
    }

    /** Transactions of calls that wait for an answer, ours or a peer's. */
    public int openTransactions() {
        return wires.openTransactions();
    }

    /**
     * Dialogs and transactions that are over, and that RFC 3261 has us keep for what comes again: up to 32 s, and some more where
     * a peer never acknowledges.
     */
    public int lingering() {
        return legs.endedCount() + wires.endedTransactions();
    }

    /** Accounts that are registered at a carrier now. */
    public int registrations() {
        return (int) trunks.stream()
                .flatMap(trunk -> trunk.state().accounts().stream())
                .filter(account -> account.registration() == TrunkState.Registration.REGISTERED)
                .count();
    }

    /** How many incoming messages were dropped, for each reason. */
    public Map<Drop, Long> drops() {
        return drops.counts();
    }

    /** How many calls came in with a caller's identity that holds, does not, or is not known to. */
    public Map<Verdict.Verstat, Long> verdicts() {
        return stir.outcomes();
    }

    /** Ends every leg, signs off everywhere and frees all sockets and threads. Takes about a second, at most four. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        reception.close();
        legs.open().forEach(Leg::hangUpSoon);
        trunks.forEach(Trunk::close);
        long stepNanos = Duration.ofMillis(10).toNanos();
        for (long left = GOODBYE.toNanos(); left > 0 && !isQuiet(); left -= stepNanos) {
            LockSupport.parkNanos(stepNanos);
        }
        timers.close();
        stir.close();
        wires.close();
    }

    private boolean isQuiet() {
        return legs.isQuiet() && trunks.stream().allMatch(Trunk::hasLeft);
    }

    private static Trunk trunk(
            LegParts parts,
            SipSettings settings,
            TrunkSettings one,
            Dns dns,
            InstantSource clock,
            RandomGenerator random)
            throws SipStartException {
        if (parts.wire().port(one.transport()) == 0) {
            throw new SipStartException(
                    "Trunk " + one.name() + " uses " + one.transport() + ", which is off. Give SIP a port for "
                            + one.transport() + ", or choose another transport for the trunk.",
                    null);
        }
        try {
            TrunkAddresses addresses = new TrunkAddresses(one, transports(parts.wire(), one), dns);
            Targets targets = new Targets(addresses, clock, random);
            return new Trunk(parts, one, targets, addresses, new Naming(settings, one.carriage(), parts.wire()), clock);
        } catch (IllegalArgumentException e) {
            throw new SipStartException("Trunk " + one.name() + ", allowed sources: " + e.getMessage(), e);
        }
    }

    /** What DNS may choose from: the trunk's own transport, and where it has the choice the others that are on. */
    private static List<SipTransport> transports(SipWire wire, TrunkSettings one) {
        Stream<SipTransport> others = one.reaching().anyTransport()
                ? Stream.of(SipTransport.values()).filter(transport -> wire.port(transport) != 0)
                : Stream.empty();
        return Stream.concat(Stream.of(one.transport()), others).distinct().toList();
    }
}
