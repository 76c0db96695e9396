package io.copperline.gateway.it;

import io.copperline.codecs.audio.G711;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One call of sipp by a scenario of {@code it/sipp}, as the carrier of the trunk named sipp. */
final class Sipp implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private final Process process;
    private final Path messages;
    private final Path output;

    private Sipp(Process process, Path messages, Path output) {
        this.process = process;
        this.messages = messages;
        this.output = output;
    }

    /** Calls a number behind the gateway. */
    static Sipp calls(Stage stage, String number, String scenario) {
        return calls(stage, number, scenario, false);
    }

    /** The same, and sends back all audio that it hears. */
    static Sipp callsAndEchoes(Stage stage, String number, String scenario) {
        return calls(stage, number, scenario, true);
    }

    private static Sipp calls(Stage stage, String number, String scenario, boolean echo) {
        Ports ports = stage.gateway().ports();
        return start(
                stage.directory(),
                scenario,
                echo,
                List.of(
                        "127.0.0.1:" + ports.sip(),
                        "-s",
                        number,
                        "-p",
                        "" + ports.sipp(),
                        "-mp",
                        "" + ports.sippMedia()));
    }

    /** Calls a number at a port, from another. */
    static Sipp calls(Path directory, int port, int ownPort, String number, String scenario) {
        return start(directory, scenario, false, List.of("127.0.0.1:" + port, "-s", number, "-p", "" + ownPort));
    }

    /** Waits for one call at a port. */
    static Sipp answers(Path directory, int ownPort, String scenario) {
        return start(directory, scenario, false, List.of("-p", "" + ownPort));
    }

    /** The same, and sends back all audio that it hears, as it is. */
    static Sipp answersAndEchoes(Path directory, int ownPort, int mediaPort, String scenario) {
        return start(directory, scenario, true, List.of("-p", "" + ownPort, "-mp", "" + mediaPort));
    }

    /** Waits for one call at the trunk named sipp; keys are what the scenario has in brackets, each before its value. */
    static Sipp answers(Stage stage, String scenario, String... keys) {
        List<String> whereabouts = new ArrayList<>(List.of(
                "-p",
                "" + stage.gateway().ports().sipp(),
                "-mp",
                "" + stage.gateway().ports().sippMedia()));
        for (int i = 0; i < keys.length; i += 2) {
            whereabouts.addAll(List.of("-key", keys[i], keys[i + 1]));
        }
        return start(stage.directory(), scenario, false, whereabouts);
    }

    private static Sipp start(Path directory, String scenario, boolean echo, List<String> whereabouts) {
        Path messages = directory.resolve(scenario + ".messages.log");
        Path output = directory.resolve(scenario + ".output.log");
        try {
            coded(directory.resolve("reply.ulaw"));
            List<String> command = new ArrayList<>(List.of(
                    "sipp",
                    "-sf",
                    file(scenario).toString(),
                    "-i",
                    "127.0.0.1",
                    "-mi",
                    "127.0.0.1",
                    "-m",
                    "1",
                    "-nostdin",
                    "-timeout",
                    LONGEST.toSeconds() + "s",
                    "-timeout_error",
                    "-trace_msg",
                    "-message_file",
                    messages.toString(),
                    "-trace_err",
                    "-error_file",
                    directory.resolve(scenario + ".errors.log").toString()));
            command.addAll(whereabouts);
            if (echo) {
                command.add("-rtp_echo");
            }
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new Sipp(process, messages, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void coded(Path file) throws IOException {
        short[] pcm = Speech.REPLY.pcm();
        byte[] bytes = new byte[pcm.length];
        G711.encodeMu(pcm, 0, pcm.length, bytes, 0);
        Files.write(file, bytes);
    }

    static Path file(String scenario) {
        try {
            return Path.of(
                    Sipp.class.getResource("/it/sipp/" + scenario + ".xml").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the scenario is over; fails where anything in it was not as it should be. */
    void succeeds() {
        try {
            boolean over = process.waitFor(LONGEST.plusSeconds(5).toSeconds(), TimeUnit.SECONDS);
            if (!over || process.exitValue() != 0) {
                throw new AssertionError("sipp " + (over ? "ended with " + process.exitValue() : "goes on") + "; see "
                        + output + "\n" + messages());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every SIP message of the call, both ways. */
    String messages() {
        return text(messages);
    }

    /** What is in a file of sipp's, which it makes with its first word. */
    static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
