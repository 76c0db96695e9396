package io.copperline.gateway.bench.peer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench --peer}. */
@Command(
        name = "scripts/bench --peer",
        description = "Measures what the parts of the WebRTC library cost by themselves.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class PeerBench implements Callable<Integer> {
    private static final int HANDSHAKES = 500;
    private static final int REQUESTS = 200_000;
    private static final int PEERS = 1_000;
    private static final long TRANSFER_BYTES = 200_000_000;
    private static final double NANOS_PER_MICRO = 1e3;

    @Option(names = "--rounds", description = "how often each figure is measured, after one round to warm up")
    int rounds = 5;

    @Option(names = "--json", description = "writes the figures to this file, too")
    Optional<Path> json = Optional.empty();

    public static void main(String[] args) {
        System.exit(new CommandLine(new PeerBench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Map<String, Spread> figures = measure();
        System.out.print(table(figures));
        if (json.isPresent()) {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(json.get().toFile(), figures);
        }
        return CommandLine.ExitCode.OK;
    }

    /** Times are processor time. */
    private Map<String, Spread> measure() throws Exception {
        Map<String, Spread> figures = new LinkedHashMap<>();
        say("DTLS handshakes");
        Handshakes handshakes = new Handshakes();
        List<Handshakes.Cost> shaken = rounds(() -> handshakes.run(HANDSHAKES));
        figures.put("clientHandshakeMillis", spread(shaken, Handshakes.Cost::client));
        figures.put("serverHandshakeMillis", spread(shaken, Handshakes.Cost::server));
        figures.put("runtimeCurvesMillis", spread(rounds(() -> handshakes.curvesOfRuntime(HANDSHAKES)), cost -> cost));
        say("binding requests");
        BindingRequests requests = new BindingRequests();
        List<BindingRequests.Cost> answered = rounds(() -> requests.answered(REQUESTS));
        figures.put("bindingRequestMicros", spread(answered, cost -> cost.nanos() / NANOS_PER_MICRO));
        figures.put("bindingRequestAllocatedBytes", spread(answered, BindingRequests.Cost::allocatedBytes));
        figures.put(
                "bindingRequestFloorMicros",
                spread(rounds(() -> requests.floor(REQUESTS)), nanos -> nanos / NANOS_PER_MICRO));
        List<BindingRequests.Cost> refused = rounds(() -> requests.refused(REQUESTS));
        figures.put("forgedRequestMicros", spread(refused, cost -> cost.nanos() / NANOS_PER_MICRO));
        figures.put("forgedRequestAllocatedBytes", spread(refused, BindingRequests.Cost::allocatedBytes));
        say("data channel");
        figures.put(
                "transferMegabytesPerSecond",
                spread(rounds(() -> new ChannelTransfer().run(TRANSFER_BYTES)), rate -> rate));
        usrsctp().ifPresent(spread -> figures.put("usrsctpMegabytesPerSecond", spread));
        say("idle peers");
        List<IdlePeers.Memory> idle = rounds(() -> new IdlePeers().measure(PEERS));
        figures.put("idlePeerHeapKilobytes", spread(idle, IdlePeers.Memory::heapKilobytes));
        figures.put("idlePeerNativeKilobytes", spread(idle, IdlePeers.Memory::nativeKilobytes));
        return figures;
    }

    private Optional<Spread> usrsctp() throws Exception {
        Optional<UsrsctpProgram> compiled = UsrsctpProgram.compile();
        if (compiled.isEmpty()) {
            say("without usrsctp: there is no libusrsctp-dev, or no C compiler");
            return Optional.empty();
        }
        try (UsrsctpProgram program = compiled.get()) {
            return Optional.of(spread(rounds(() -> program.transfer(TRANSFER_BYTES)), rate -> rate));
        }
    }

    private <T> List<T> rounds(Callable<T> round) throws Exception {
        round.call(); // Warms up.
        List<T> results = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            results.add(round.call());
        }
        return results;
    }

    private static <T> Spread spread(List<T> results, ToDoubleFunction<T> figure) {
        return Spread.of(results.stream().mapToDouble(figure).toArray());
    }

    private static String table(Map<String, Spread> f) {
        StringBuilder out = new StringBuilder();
        row(out, "processor time", "median (least to most)", "");
        Spread server = f.get("serverHandshakeMillis");
        row(
                out,
                "DTLS client",
                f.get("clientHandshakeMillis").format(2) + " ms",
                beside(f, "clientHandshakeMillis", "runtimeCurvesMillis"));
        row(out, "DTLS server", server.format(2) + " ms", beside(f, "serverHandshakeMillis", "runtimeCurvesMillis"));
        row(out, "  on one core", perSecond(server).format(0) + " handshakes/s", "");
        row(out, "  runtime's curves", f.get("runtimeCurvesMillis").format(2) + " ms", "");
        row(
                out,
                "binding request",
                f.get("bindingRequestMicros").format(2) + " us",
                beside(f, "bindingRequestMicros", "bindingRequestFloorMicros"));
        row(out, "  allocates", f.get("bindingRequestAllocatedBytes").format(0) + " bytes", "");
        row(out, "  two HMACs", f.get("bindingRequestFloorMicros").format(2) + " us", "");
        row(out, "forged request", f.get("forgedRequestMicros").format(2) + " us", "");
        row(out, "  allocates", f.get("forgedRequestAllocatedBytes").format(0) + " bytes", "");
        row(out, "idle peer, heap", f.get("idlePeerHeapKilobytes").format(1) + " KB", "");
        row(out, "idle peer, native", f.get("idlePeerNativeKilobytes").format(1) + " KB", "");
        row(
                out,
                "data channel",
                f.get("transferMegabytesPerSecond").format(0) + " MB/s",
                beside(f, "transferMegabytesPerSecond", "usrsctpMegabytesPerSecond"));
        Optional.ofNullable(f.get("usrsctpMegabytesPerSecond"))
                .ifPresent(usrsctp -> row(out, "  usrsctp", usrsctp.format(0) + " MB/s", ""));
        return out.toString();
    }

    private static Spread perSecond(Spread millis) {
        return new Spread(1_000 / millis.median(), 1_000 / millis.most(), 1_000 / millis.least());
    }

    private static String beside(Map<String, Spread> figures, String name, String yardstick) {
        return figures.containsKey(yardstick)
                ? String.format(
                        Locale.ROOT,
                        "x %.2f",
                        figures.get(name).median() / figures.get(yardstick).median())
                : "";
    }

    private static void row(StringBuilder out, String name, String figure, String beside) {
        out.append(String.format(Locale.ROOT, "%-20s %-42s %s%n", name, figure, beside));
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
