package io.copperline.gateway.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What can be asked of a run. */
@Command(
        name = "scripts/bench",
        description = "Measures what a call costs the gateway, and what it would cost at the least.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class BenchOptions implements Callable<Integer> {
    @Option(names = "--calls", description = "calls held at once, 1 to 2000")
    int calls = 50;

    @Option(names = "--seconds", description = "how long is measured")
    int seconds = 30;

    @Option(names = "--warm-up", description = "seconds before, for compilers and jitter buffers to settle")
    int warmUpSeconds = 20;

    @Option(names = "--shards", description = "the gateway's media.shards; 0: one per processor")
    int shards = 0;

    @Option(names = "--setup-seconds", description = "how long calls are set up and ended in a loop; 0: not at all")
    int setupSeconds = 10;

    @Option(names = "--setups-at-once", description = "how many calls are being set up at a time then")
    int setupsAtOnce = 8;

    @Option(names = "--profile-seconds", description = "how long the gateway is profiled; 0: not at all")
    int profileSeconds = 20;

    @Option(names = "--floor-seconds", description = "how long the floor is measured")
    int floorSeconds = 10;

    @Option(names = "--gateway-java-opts", description = "more options for the gateway's JVM")
    String gatewayJavaOpts = "";

    /** The one processor that the gateway may use; empty: all. */
    Optional<Integer> gatewayProcessor = Optional.empty();

    /** How long a call is held that was set up in a loop. */
    int setupHoldMillis = 0;

    @Option(names = "--json", description = "writes the figures to this file, too")
    Optional<Path> json = Optional.empty();

    @Option(names = "--dist", hidden = true)
    Path dist = Path.of("gateway/target/copperline");

    @Override
    public Integer call() throws Exception {
        return Bench.run(this);
    }
}
