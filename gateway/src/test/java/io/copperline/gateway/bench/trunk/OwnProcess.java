package io.copperline.gateway.bench.trunk;

import io.copperline.gateway.bench.ProcFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process on one processor. */
final class OwnProcess implements AutoCloseable {
    /** Where that runs which is measured. */
    static final int MEASURED = 0;
    /** Where all others run, and the benchmark itself. */
    static final int DRIVER = 1;

    private static final int PATIENCE_SECONDS = 10;

    private final Process process;
    private final ProcFiles files;
    private final BufferedReader lines;

    private OwnProcess(int processor, boolean quiet, List<String> command) throws IOException {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(processor)));
        pinned.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(pinned).redirectError(ProcessBuilder.Redirect.DISCARD);
        if (quiet) {
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        }
        process = builder.start();
        // A benchmark that is interrupted leaves nothing behind.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        files = new ProcFiles(process.pid());
        lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    }

    static OwnProcess sipp(int processor, Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sipp", "-i", "127.0.0.1", "-nostdin"));
        command.addAll(arguments);
        return new OwnProcess(processor, true, inside(directory, command));
    }

    // sipp writes its files into its working directory.
    private static List<String> inside(Path directory, List<String> command) {
        List<String> whole = new ArrayList<>(List.of("env", "--chdir=" + directory));
        whole.addAll(command);
        return whole;
    }

    /** A program of ours, with a heap that is in memory as a whole from the beginning. */
    static OwnProcess java(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=1",
                "-XX:+UseSerialGC",
                "-XX:MarkSweepDeadRatio=0", // Else a collection leaves gaps, which count as used.
                "-Xms1g",
                "-Xmx1g",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new OwnProcess(MEASURED, false, command);
    }

    /** Asks a program of ours for one line. */
    String ask(String what) {
        try {
            process.outputWriter().write(what + "\n");
            process.outputWriter().flush();
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the process has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The numbers of such a line. */
    double[] figures(String what) {
        return List.of(ask(what).split(" ")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Processor time since its start. */
    double cpuMillis() throws IOException {
        return files.cpuMillis();
    }

    double residentKilobytes() throws IOException {
        return files.residentKilobytes();
    }

    boolean running() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
