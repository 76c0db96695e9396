package io.copperline.gateway.bench.trunk;

import io.copperline.gateway.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** sipp calls without a pause: INVITE, 200, ACK, BYE, 200; so many calls at a time as keep the other side busy. */
final class SippCalls {
    private static final int AT_ONCE = 40;
    private static final int MOST_PER_SECOND = 5_000;

    /**
     * @param cpuMillisPerCall processor time of the side that is called
     * @param failed calls that sipp did not count as successful
     */
    record Cost(long calls, long failed, double perSecond, double cpuMillisPerCall) {}

    private record Reading(long nanos, long calls, long failed, double cpuMillis) {}

    private final Path directory;

    SippCalls(Path directory) {
        this.directory = directory;
    }

    /** Our own endpoint is called. */
    Cost ours(int warmUpSeconds, int seconds) throws Exception {
        int port = FreePorts.one();
        int caller = FreePorts.one();
        try (OwnProcess answering = OwnProcess.java(Answering.class, port + "", caller + "")) {
            answering.ask("figures");
            return measure(answering, port, caller, warmUpSeconds, seconds);
        }
    }

    /** The floor: sipp is called, which looks at a message by its scenario only, and keeps nothing of it. */
    Cost floor(int warmUpSeconds, int seconds) throws Exception {
        int port = FreePorts.one();
        List<String> arguments = List.of("-sn", "uas", "-p", port + "");
        try (OwnProcess answering = OwnProcess.sipp(OwnProcess.MEASURED, directory, arguments)) {
            TimeUnit.SECONDS.sleep(1);
            return measure(answering, port, FreePorts.one(), warmUpSeconds, seconds);
        }
    }

    private Cost measure(OwnProcess called, int port, int callerPort, int warmUpSeconds, int seconds) throws Exception {
        Path statistics = directory.resolve("calls-to-" + port + ".csv");
        List<String> arguments = List.of(
                "-sn",
                "uac",
                "127.0.0.1:" + port,
                "-p",
                callerPort + "",
                "-r",
                MOST_PER_SECOND + "",
                "-l",
                AT_ONCE + "",
                "-d",
                "0",
                "-trace_stat",
                "-stf",
                statistics.toString(),
                "-fd",
                "1");
        try (OwnProcess _ = OwnProcess.sipp(OwnProcess.DRIVER, directory, arguments)) {
            TimeUnit.SECONDS.sleep(warmUpSeconds);
            Reading from = read(called, statistics);
            TimeUnit.SECONDS.sleep(seconds);
            Reading to = read(called, statistics);
            long calls = to.calls - from.calls;
            return new Cost(
                    calls,
                    to.failed - from.failed,
                    calls / ((to.nanos - from.nanos) / 1e9),
                    (to.cpuMillis - from.cpuMillis) / Math.max(1, calls));
        }
    }

    /** Waits for sipp's next line, so that its count and our clocks are of one moment. */
    private static Reading read(OwnProcess called, Path statistics) throws IOException, InterruptedException {
        long lines = lines(statistics);
        while (lines(statistics) == lines) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        long nanos = System.nanoTime();
        double cpu = called.cpuMillis();
        List<String> all = Files.readAllLines(statistics);
        List<String> names = List.of(all.getFirst().split(";"));
        String[] last = all.getLast().split(";");
        return new Reading(
                nanos,
                Long.parseLong(last[names.indexOf("SuccessfulCall(C)")]),
                Long.parseLong(last[names.indexOf("FailedCall(C)")]),
                cpu);
    }

    private static long lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        }
    }
}
