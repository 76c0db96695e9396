package io.copperline.gateway.ops;

import io.copperline.sip.TrunkState;
import io.copperline.sip.TrunkState.Health;
import io.copperline.sip.TrunkState.Registration;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The figures of {@code /metrics}; {@code docs/metrics.md} lists them. Suppliers are asked at each scrape, on the
 * scraper's thread, so they read what may be read from there. Registering the same figure again replaces nothing.
 */
public final class Metrics implements AutoCloseable {
    /** Below these some users, and many users, are dissatisfied (G.107 table B.1). */
    private static final double FAIR_MOS = 4.03;

    private static final double POOR_MOS = 3.60;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final CopyOnWriteArrayList<Room> rooms = new CopyOnWriteArrayList<>();

    /** A room that names its reasons as they come up. */
    private record Room(String name, Supplier<Map<String, Long>> counts, Set<String> known) {}

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** The Prometheus text format, version 0.0.4. */
    public String scrape() {
        rooms.forEach(this::registerNewReasons);
        return registry.scrape();
    }

    /** Something that calls take and must give back: 0 when there is no call. */
    public void ledger(String item, IntSupplier count) {
        Gauge.builder("copperline.ledger", count::getAsInt)
                .description("What is in use; everything that belongs to calls is 0 when there is no call")
                .tag("item", item)
                .register(registry);
    }

    /** What a room has dropped for one reason, since the start. */
    public void drops(String room, String reason, LongSupplier count) {
        counter("copperline.drops", "Dropped packets, messages and requests", count, "room", room, "reason", reason);
    }

    /** The same for a room whose reasons come up in the course of time; they must come from our code, so they are few. */
    public void drops(String room, Supplier<Map<String, Long>> countsByReason) {
        rooms.add(new Room(room, countsByReason, ConcurrentHashMap.newKeySet()));
    }

    private void registerNewReasons(Room room) {
        for (String reason : room.counts().get().keySet()) {
            if (room.known().add(reason)) {
                drops(room.name(), reason, () -> room.counts().get().getOrDefault(reason, 0L));
            }
        }
    }

    /**
     * Any other figure that only grows.
     *
     * @param name with dots, without {@code _total}
     * @param tags name, value, name, value
     */
    public void counter(String name, String what, LongSupplier count, String... tags) {
        // Micrometer holds the object weakly and the function strongly.
        FunctionCounter.builder(name, count, _ -> count.getAsLong())
                .description(what)
                .tags(tags)
                .register(registry);
    }

    /** Any other figure that goes up and down. */
    public void gauge(String name, String what, DoubleSupplier value, String... tags) {
        Gauge.builder(name, value::getAsDouble).description(what).tags(tags).register(registry);
    }

    /** @param direction {@code outbound} or {@code inbound} */
    public void callStarted(String direction) {
        count("copperline.calls.started", "Calls that came into being", Tags.of("direction", direction));
    }

    /** @param code one of the codes of {@code docs/end-codes.md} */
    public void callEnded(String code) {
        count("copperline.calls.ended", "Calls that ended, by their end code", Tags.of("code", code));
    }

    /**
     * How a leg of a call sounded, once the call is over.
     *
     * @param leg {@code browser} or {@code trunk}
     * @param mos 1 to 4.5
     */
    public void opinionScore(String leg, double mos) {
        DistributionSummary.builder("copperline.call.mos")
                .description("Mean opinion score of calls that have ended, by leg (ITU-T G.107)")
                .tag("leg", leg)
                .register(registry)
                .record(mos);
        // Not as buckets of the above: Micrometer rounds what it puts into them up to whole numbers.
        String grade = mos < POOR_MOS ? "poor" : mos < FAIR_MOS ? "fair" : "good";
        count(
                "copperline.calls.rated",
                "Calls that have ended, by how each leg sounded",
                Tags.of("leg", leg, "grade", grade));
    }

    private void count(String name, String what, Tags tags) {
        Counter.builder(name).description(what).tags(tags).register(registry).increment();
    }

    /** How a trunk is doing. */
    public void trunk(String name, Supplier<TrunkState> state) {
        trunkGauge(
                "usable",
                "Whether calls are tried on the trunk",
                name,
                () -> flag(state.get().usable()));
        trunkGauge("registered", "Whether the carrier has our registration, where one is needed", name, () -> {
            Registration registration = state.get().registration();
            return flag(registration == Registration.REGISTERED || registration == Registration.NOT_NEEDED);
        });
        trunkGauge(
                "reachable",
                "Whether a server of the trunk answers OPTIONS",
                name,
                () -> flag(state.get().health() == Health.UP || state.get().health() == Health.DEGRADED));
        trunkGauge(
                "degraded",
                "Whether some servers of the trunk answer OPTIONS and some do not",
                name,
                () -> flag(state.get().health() == Health.DEGRADED));
        trunkGauge(
                "servers",
                "Servers that DNS or the configuration names",
                name,
                () -> state.get().servers());
        trunkGauge(
                "servers.down",
                "Servers that do not answer OPTIONS",
                name,
                () -> state.get().serversDown());
        trunkGauge(
                "lookup.failing",
                "Whether DNS fails and servers known before are used",
                name,
                () -> flag(state.get().lookupFailure().isPresent()));
        trunkGauge("legs", "Legs in progress", name, () -> state.get().activeCalls());
        trunkGauge(
                "round.trip.seconds",
                "How long the last answered OPTIONS took",
                name,
                () -> state.get().roundTrip().map(time -> time.toNanos() / 1e9).orElse(Double.NaN));
        for (int i = 0; i < state.get().accounts().size(); i++) {
            account(name, i, state);
        }
    }

    /** By its place in the configuration: its name may be a phone number. */
    private void account(String trunk, int place, Supplier<TrunkState> state) {
        gauge(
                "copperline.trunk.account.registered",
                "Whether the carrier has the registration of this account",
                () -> flag(state.get().accounts().get(place).registration() == Registration.REGISTERED),
                "trunk",
                trunk,
                "account",
                Integer.toString(place + 1));
    }

    private void trunkGauge(String figure, String what, String trunk, DoubleSupplier value) {
        gauge("copperline.trunk." + figure, what, value, "trunk", trunk);
    }

    private static double flag(boolean yes) {
        return yes ? 1 : 0;
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
