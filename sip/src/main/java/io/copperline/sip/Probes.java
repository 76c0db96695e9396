package io.copperline.sip;

import io.copperline.sip.wire.NextHop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every server of a trunk whether it lives, and says what that means for the trunk. Owned by the trunk's executor, read from anywhere. */
final class Probes {
    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);
    private static final int MOST = 32;

    private final LegParts parts;
    private final Targets targets;
    private final Function<NextHop, Line> lines;
    private final Executor owner;
    private final InstantSource clock;
    private final Map<NextHop, Probe> probes = new ConcurrentHashMap<>();
    private TrunkState.Health told = TrunkState.Health.UNKNOWN;

    Probes(LegParts parts, Targets targets, Function<NextHop, Line> lines, Executor owner, InstantSource clock) {
        this.parts = parts;
        this.targets = targets;
        this.lines = lines;
        this.owner = owner;
        this.clock = clock;
    }

    /** Asks all of them once. */
    void ask() {
        List<NextHop> hops = targets.order().stream().limit(MOST).toList();
        probes.keySet().retainAll(new HashSet<>(hops));
        for (NextHop hop : hops) {
            probes.computeIfAbsent(hop, one -> new Probe(parts, () -> lines.apply(one), owner, clock, this::found))
                    .ask();
        }
    }

    /** What it has come to for the trunk as a whole. */
    Probe.Finding finding() {
        List<Probe.Finding> all = probes.values().stream().map(Probe::finding).toList();
        return new Probe.Finding(
                health(all),
                all.stream().flatMap(one -> one.roundTrip().stream()).min(Duration::compareTo),
                all.stream().flatMap(one -> one.failure().stream()).findFirst());
    }

    /** How many do not answer. */
    int down() {
        return silent().size();
    }

    private Set<NextHop> silent() {
        return probes.entrySet().stream()
                .filter(one -> one.getValue().finding().health() == TrunkState.Health.DOWN)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static TrunkState.Health health(List<Probe.Finding> all) {
        Set<TrunkState.Health> each = all.stream().map(Probe.Finding::health).collect(Collectors.toUnmodifiableSet());
        if (each.contains(TrunkState.Health.DOWN)) {
            return each.size() == 1 ? TrunkState.Health.DOWN : TrunkState.Health.DEGRADED;
        }
        return each.contains(TrunkState.Health.UP) ? TrunkState.Health.UP : TrunkState.Health.UNKNOWN;
    }

    private void found() {
        Set<NextHop> silent = silent();
        targets.down(silent);
        Probe.Finding now = finding();
        if (now.health() != told) {
            tell(now, silent);
            told = now.health();
        }
    }

    // Once for each change, with its cause.
    private void tell(Probe.Finding now, Set<NextHop> silent) {
        String name = lines.apply(targets.steady()).settings().name();
        Optional<TrunkFailure> failure = now.failure();
        if (silent.isEmpty() || failure.isEmpty()) {
            LOG.info("Trunk {} is {}", name, now.health());
            return;
        }
        String servers = silent.stream()
                .map(hop -> hop.transport() + " " + hop.host() + " port " + hop.port())
                .sorted()
                .collect(Collectors.joining(", "));
        LOG.warn(
                "Trunk {} is {}: OPTIONS to {}: {}; {}",
                name,
                now.health(),
                servers,
                failure.get().what(),
                failure.get().fix());
    }
}
