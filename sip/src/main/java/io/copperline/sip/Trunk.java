package io.copperline.sip;

import io.copperline.codecs.sdp.LocalAudio;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.Source;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One line to the telephone network: calls out, keeps registered, knows whether the carrier lives. Safe from any thread. */
public final class Trunk {
    private final LegParts parts;
    private final TrunkSettings settings;
    private final Targets targets;
    private final TrunkAddresses addresses;
    private final Naming naming;
    private final InstantSource clock;
    private final SerialExecutor errands = new SerialExecutor();
    private final Registrations registrations;
    private final Optional<Flow> flow;
    private final Probes probes;
    private final AtomicBoolean left = new AtomicBoolean(true);

    Trunk(
            LegParts parts,
            TrunkSettings settings,
            Targets targets,
            TrunkAddresses addresses,
            Naming naming,
            InstantSource clock) {
        this.parts = parts;
        this.settings = settings;
        this.targets = targets;
        this.addresses = addresses;
        this.naming = naming;
        this.clock = clock;
        this.registrations = new Registrations(settings.allAccounts().stream()
                .filter(account -> settings.register() && account.registers())
                .map(this::registration)
                .toList());
        this.flow = flow();
        this.probes = new Probes(parts, targets, hop -> line(hop, Optional.empty()), errands, clock);
    }

    private Registration registration(Account account) {
        Supplier<Line> lines = () -> line(targets.steady(), Optional.of(account));
        return new Registration(parts, account, lines, hop -> targets.failed(hop, Optional.empty()), errands, clock);
    }

    /** Where we register; and elsewhere where the operator says how. */
    private Optional<Flow> flow() {
        KeepAlive.Kind kind = settings.carriage().keepAlive().kind();
        if (registrations.isEmpty() && (kind == KeepAlive.Kind.AUTO || kind == KeepAlive.Kind.OFF)) {
            return Optional.empty();
        }
        Flow way = new Flow(parts, this::line, errands, clock, this::wayLost);
        registrations.onRegistered(
                ok -> way.open(RegisterWriter.seconds(ok.headers().first("Flow-Timer"))));
        return Optional.of(way);
    }

    // Without a registration there is nothing to renew: the next request opens a connection.
    private void wayLost() {
        if (registrations.isEmpty()) {
            flow.ifPresent(way -> way.open(Optional.empty()));
        } else {
            registrations.again();
        }
    }

    public String name() {
        return settings.name();
    }

    public TrunkSettings settings() {
        return settings;
    }

    /** How the trunk is doing now. */
    public TrunkState state() {
        Registration.Standing standing = registrations.standing();
        Probe.Finding finding = probes.finding();
        return new TrunkState(
                standing.registration(),
                standing.until(),
                standing.failure(),
                finding.health(),
                finding.roundTrip(),
                finding.failure(),
                addresses.trouble(),
                addresses.servers(),
                probes.down(),
                parts.legs().openCount(settings.name()),
                registrations.accounts());
    }

    /**
     * Calls a number. Called on the call's owner, on which everything about the call happens, beginning with the INVITE.
     *
     * @param local where our audio is
     */
    public SipLeg call(OutgoingCall call, LocalAudio local, Executor owner, SipLegListener listener) {
        Optional<Account> account = Accounts.ofCaller(settings.allAccounts(), call.from());
        return FailoverLeg.start(parts, targets, hop -> line(hop, account), owner, listener, call, local);
    }

    /** Asks the carrier whether it lives; {@link #state} tells. */
    public void probe() {
        errands.execute(probes::ask);
    }

    /** Does what is due: looks the carrier's name up, registers, refreshes. Called every few seconds. */
    public void onTime() {
        errands.execute(() -> {
            addresses.refresh(clock.instant());
            registrations.onTime();
            if (registrations.isEmpty()) {
                flow.ifPresent(Flow::begin);
            }
        });
    }

    /** A connection of ours has ended. */
    void onConnectionEnded(InetSocketAddress peer, SipTransport transport) {
        errands.execute(() -> {
            registrations.onConnectionEnded(peer, transport);
            flow.filter(way -> way.leadsTo(peer, transport)).ifPresent(way -> way.broken("the connection ended"));
        });
    }

    /** Signs off at the carrier. Calls in progress go on. */
    public void close() {
        if (left.compareAndSet(true, false)) {
            errands.execute(() -> {
                flow.ifPresent(Flow::close);
                registrations.leave(() -> left.set(true));
            });
        }
    }

    boolean hasLeft() {
        return left.get();
    }

    LegParts parts() {
        return parts;
    }

    int match(Source source) {
        return addresses.match(source);
    }

    /** The line to the server that we keep to while it serves. */
    Line line() {
        return line(targets.steady(), settings.allAccounts().stream().findFirst());
    }

    /** The line of a call that comes in to this user. */
    Line lineCalled(String user) {
        return line(targets.steady(), Accounts.ofCalled(settings.allAccounts(), user));
    }

    private Line line(NextHop hop, Optional<Account> account) {
        return new Line(settings, naming.name(addresses.facing(hop), hop.transport()), hop, account);
    }
}
