package io.copperline.gateway.bench.trunk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.copperline.gateway.bench.OneCoreCalls;
import io.copperline.gateway.bench.ProcFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code scripts/bench --trunk}. */
@Command(
        name = "scripts/bench --trunk",
        description = "Measures what SIP costs: calls, registrations, and calls that are held.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class TrunkBench implements Callable<Integer> {
    private static final int LOOK_SECONDS = 3;

    @Option(names = "--seconds", description = "how long each rate is measured")
    int seconds = 10;

    @Option(names = "--warm-up", description = "seconds before, for compilers")
    int warmUpSeconds = 40;

    @Option(names = "--idle-calls", description = "calls that are held")
    int idleCalls = 1_000;

    @Option(names = "--json", description = "writes the figures to this file, too")
    Optional<Path> json = Optional.empty();

    public static void main(String[] args) {
        System.exit(new CommandLine(new TrunkBench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.isExecutable(Path.of("/usr/bin/taskset")) || !Files.isExecutable(Path.of("/usr/bin/sipp"))) {
            System.err.println("This needs sipp and taskset: install them (apt-get install sip-tester util-linux).");
            return CommandLine.ExitCode.SOFTWARE;
        }
        Path directory = Files.createTempDirectory("copperline-bench-trunk");
        try {
            TrunkFigures figures = measure(directory);
            System.out.print(figures.table());
            if (json.isPresent()) {
                new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValue(json.get().toFile(), figures);
            }
            return figures.idle().ledgerLeft() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            delete(directory);
        }
    }

    private TrunkFigures measure(Path directory) throws Exception {
        SippCalls calls = new SippCalls(directory);
        Registers registers = new Registers(directory);
        double before = othersShare();
        say("trunk calls");
        SippCalls.Cost ours = calls.ours(warmUpSeconds, seconds);
        SippCalls.Cost floor = calls.floor(1, seconds);
        say("registrations");
        Registers.Cost registered = registers.ours(warmUpSeconds, seconds);
        Registers.Cost registeredFloor = registers.floor(1, seconds);
        say("idle trunk calls, and RFC 3261's timers after them");
        IdleLegs.Memory idle = new IdleLegs(directory).measure(idleCalls);
        say("gateway calls");
        OneCoreCalls.Figure gateway = OneCoreCalls.measure(OwnProcess.MEASURED, 4 * seconds);
        double share = Math.max(before, othersShare());
        return new TrunkFigures(gateway, ours, floor, idle, registered, registeredFloor, share);
    }

    /** What the machine does while nothing of ours runs. */
    private static double othersShare() throws IOException, InterruptedException {
        double before = ProcFiles.machineCpuMillis() - ownMillis();
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(LOOK_SECONDS);
        return (ProcFiles.machineCpuMillis() - ownMillis() - before)
                / ((System.nanoTime() - begin) / 1e6 * MACHINE_PROCESSORS);
    }

    private static final int MACHINE_PROCESSORS = processors();

    /** Of the machine: this process is bound to one. */
    private static int processors() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
            return (int) lines.filter(line -> line.matches("cpu\\d+ .*")).count();
        } catch (IOException e) {
            return 2;
        }
    }

    private static double ownMillis() throws IOException {
        return new ProcFiles(ProcessHandle.current().pid()).cpuMillis();
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
