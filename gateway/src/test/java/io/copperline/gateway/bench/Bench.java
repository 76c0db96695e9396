package io.copperline.gateway.bench;

import io.copperline.codecs.audio.Opus;
import io.copperline.gateway.FreePorts;
import io.copperline.webrtc.dtls.DtlsCertificate;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** {@code scripts/bench}: starts the gateway, holds calls through it, measures it and the floor, and prints both. */
final class Bench implements AutoCloseable {
    /** So many browsers decode what they hear, to find marks; for all it would be work that is not the gateway's. */
    private static final int LISTENERS = 25;

    private static final int FIRST_CALLS = 8;
    private static final int PLACING_AT_ONCE = 4;
    private static final int UP_SECONDS = 30;
    private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final BenchOptions options;
    private final Opus opus = Opus.load(Optional.empty());
    private final SpeechLoop speech = new SpeechLoop(opus);
    private final ExecutorService handshakes = Executors.newVirtualThreadPerTaskExecutor();
    private final MediaPump pump = new MediaPump();
    private final GatewayProcess gateway;
    private final Carrier carrier;
    private final CallPlacer placer;
    private final GatewayMeter meter;

    private Bench(BenchOptions options) throws Exception {
        this.options = options;
        int carrierPort = FreePorts.one();
        gateway = GatewayProcess.start(options, carrierPort);
        carrier = new Carrier(pump, speech, carrierPort, gateway.sipPort());
        meter = new GatewayMeter(gateway);
        SecureRandom random = new SecureRandom();
        Instant wall = Instant.now();
        long epochOffset = TimeUnit.SECONDS.toNanos(wall.getEpochSecond()) + wall.getNano() - System.nanoTime();
        placer = new CallPlacer(
                gateway.base(),
                GatewayProcess.SECRET,
                pump,
                carrier,
                new BrowserEnd.World(
                        speech, DtlsCertificate.create(random, wall), random, handshakes, pump, epochOffset),
                opus);
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchOptions()).execute(args));
    }

    static int run(BenchOptions options) throws Exception {
        Figures figures;
        try (Bench bench = new Bench(options)) {
            figures = bench.measure();
            System.out.println(Report.of(figures));
            String log = bench.gateway.log();
            if (log.lines().anyMatch(line -> line.contains("WARN") || line.contains("ERROR"))) {
                System.out.println("The gateway logged:\n" + log);
            }
        }
        if (options.json.isPresent()) {
            figures.write(options.json.get());
        }
        return figures.brokenCalls() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Only sets calls up and ends them. */
    static Figures.Setups setups(BenchOptions options) throws Exception {
        try (Bench bench = new Bench(options)) {
            bench.hangUp(bench.hold(FIRST_CALLS));
            return new SetupLoop(bench.placer, bench.meter, options).run();
        }
    }

    private Figures measure() throws Exception {
        say("first calls, so that everything is loaded");
        hangUp(hold(FIRST_CALLS));
        TimeUnit.SECONDS.sleep(2);
        GatewayMeter.Memory before = meter.memory();
        say("placing " + options.calls + " calls");
        List<BenchCall> calls = hold(options.calls);
        say("warming up for " + options.warmUpSeconds + " s");
        TimeUnit.SECONDS.sleep(options.warmUpSeconds);
        say("measuring for " + options.seconds + " s");
        Window window = window(calls);
        GatewayMeter.Memory after = meter.memory();
        Profile.Shares profile = profile();
        String srtp = calls.getFirst().profile().orElseThrow().name();
        say("measuring the floor");
        Floor.Cost floor = Floor.measure(
                opus, speech, calls.getFirst().profile().orElseThrow(), options.calls, options.floorSeconds);
        long broken = pump.ask(
                () -> calls.stream().filter(c -> c.broken().isPresent()).count());
        hangUp(calls);
        Figures.Setups setups = new SetupLoop(placer, meter, options).run();
        return new Figures(
                options.calls,
                window.seconds,
                window.othersShare,
                srtp,
                window.cpuMillis / window.callSeconds(),
                window.byThread,
                floor.total(),
                floor.millis(),
                window.cpuMillis / window.callSeconds() / floor.total(),
                (after.liveHeap() - before.liveHeap()) / options.calls,
                (after.outsideHeap() - before.outsideHeap()) / options.calls,
                (after.resident() - before.resident()) / options.calls,
                window.allocated / (double) window.packets,
                window.toTrunk,
                window.toBrowser,
                speech.codecDelayMillis(),
                window.socketDrops,
                window.drops,
                broken,
                setups,
                profile);
    }

    /** What happened between the window's beginning and its end. */
    private record Window(
            int calls,
            double seconds,
            double cpuMillis,
            double othersShare,
            Map<String, Double> byThread,
            long allocated,
            long packets,
            long socketDrops,
            Map<String, Double> drops,
            Figures.Flow toTrunk,
            Figures.Flow toBrowser) {
        double callSeconds() {
            return calls * seconds;
        }
    }

    private Window window(List<BenchCall> calls) throws Exception {
        pump.ask(() -> {
            calls.forEach(c -> {
                c.toTrunk().reset();
                c.toBrowser().reset();
            });
            return calls;
        });
        Counts before = pump.ask(() -> Counts.of(calls));
        GatewayMeter.Reading from = meter.read();
        TimeUnit.SECONDS.sleep(options.seconds);
        GatewayMeter.Reading to = meter.read();
        Counts after = pump.ask(() -> Counts.of(calls));
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        Map<String, Double> byThread = new HashMap<>();
        to.byThread()
                .forEach((kind, ms) ->
                        byThread.put(kind, (ms - from.byThread().getOrDefault(kind, 0.0)) / (calls.size() * seconds)));
        Map<String, Double> drops = new HashMap<>(to.drops());
        from.drops().forEach((name, value) -> drops.merge(name, -value, Double::sum));
        drops.values().removeIf(value -> value == 0);
        return new Window(
                calls.size(),
                seconds,
                to.cpuMillis() - from.cpuMillis(),
                (to.othersCpuMillis() - from.othersCpuMillis())
                        / (seconds * 1_000 * Runtime.getRuntime().availableProcessors()),
                byThread,
                to.allocated() - from.allocated(),
                after.packets() - before.packets(),
                to.socketDrops() - from.socketDrops(),
                drops,
                after.toTrunk(before, calls),
                after.toBrowser(before, calls));
    }

    private Profile.Shares profile() throws Exception {
        if (options.profileSeconds == 0) {
            return new Profile.Shares(Map.of(), Map.of(), Map.of());
        }
        say("profiling for " + options.profileSeconds + " s");
        return Profile.of(meter.recorder(), gateway.directory(), options.profileSeconds);
    }

    /** Places so many calls, a few at a time, and waits until all are up. */
    private List<BenchCall> hold(int count) throws Exception {
        List<BenchCall> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BenchCall call = new BenchCall(i, FRAME_NANOS * i / count);
            calls.add(call);
            var _ = placer.place(call, i < LISTENERS);
            if (i >= PLACING_AT_ONCE) {
                calls.get(i - PLACING_AT_ONCE).up().get(UP_SECONDS, TimeUnit.SECONDS);
            }
        }
        for (BenchCall call : calls) {
            call.up().get(UP_SECONDS, TimeUnit.SECONDS);
        }
        return calls;
    }

    private void hangUp(List<BenchCall> calls) throws Exception {
        for (BenchCall call : calls) {
            placer.hangUp(call).get(UP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }

    @Override
    public void close() throws IOException {
        placer.close();
        meter.close();
        carrier.close();
        pump.close();
        handshakes.shutdownNow();
        gateway.close();
    }
}
