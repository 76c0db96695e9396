package io.copperline.gateway.it;

import io.copperline.codecs.audio.G711;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One call of sipp by a scenario of {@code it/sipp}, as the carrier of the trunk named sipp. */
final class Sipp implements AutoCloseable {
    private static final String ECHO = "-rtp_echo";
    private static final Duration LONGEST = Duration.ofSeconds(45);

    private static final Pattern ENTRY = Pattern.compile(
            "(?<date>[-\\d]{10})[\\t ]+(?<time>[:.\\d]{15})[^\\n]*\\n(?<way>[^\\n]*)\\n\\s*(?<message>.*)",
            Pattern.DOTALL);

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
        return calls(stage.directory(), stage.carrier(), stage.gateway().ports().sip(), number, scenario);
    }

    /** The same, and sends back all audio that it hears. */
    static Sipp callsAndEchoes(Stage stage, String number, String scenario) {
        List<String> more =
                new ArrayList<>(calling(stage.carrier(), stage.gateway().ports().sip(), number));
        more.add(ECHO);
        return start(stage.directory(), scenario, stage.carrier(), more);
    }

    /** Calls a number at a port of ours; keys are what the scenario has in brackets, each before its value. */
    static Sipp calls(Path directory, Carrier from, int port, String number, String scenario, String... keys) {
        List<String> more = new ArrayList<>(calling(from, port, number));
        more.addAll(keys(keys));
        return start(directory, scenario, from, more);
    }

    /** Waits for one call at a port. */
    static Sipp answers(Path directory, int ownPort, String scenario) {
        return answers(directory, Carrier.at(ownPort), scenario);
    }

    /** Waits for one call at the trunk named sipp. */
    static Sipp answers(Stage stage, String scenario, String... keys) {
        return answers(stage.directory(), stage.carrier(), scenario, keys);
    }

    /** Waits for one call; keys are what the scenario has in brackets, each before its value. */
    static Sipp answers(Path directory, Carrier at, String scenario, String... keys) {
        return waiting(start(directory, scenario, at, keys(keys)), at);
    }

    /** The same, and sends back all audio that it hears, as it is. */
    static Sipp answersAndEchoes(Path directory, Carrier at, String scenario) {
        return waiting(start(directory, scenario, at, List.of(ECHO)), at);
    }

    private static Sipp waiting(Sipp started, Carrier at) {
        SippPort.awaitOpen(started.process, at, started.output);
        return started;
    }

    private static List<String> calling(Carrier from, int port, String number) {
        String host = from.host().contains(":") ? "[::1]" : "127.0.0.1";
        return List.of(host + ":" + port, "-s", number);
    }

    private static List<String> keys(String... keys) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < keys.length; i += 2) {
            words.addAll(List.of("-key", keys[i], keys[i + 1]));
        }
        return words;
    }

    private static Sipp start(Path directory, String scenario, Carrier carrier, List<String> more) {
        Path messages = directory.resolve(scenario + ".messages.log");
        Path output = directory.resolve(scenario + ".output.log");
        try {
            Files.deleteIfExists(messages); // of an earlier one, or it would be read for this one's
            coded(directory.resolve("reply.ulaw"));
            List<String> command = new ArrayList<>(List.of(
                    "sipp",
                    "-sf",
                    file(scenario).toString(),
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
            command.addAll(carrier.words());
            command.addAll(more);
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

    /** When messages came in that begin so, by sipp's own clock; of one that was repeated, the first time. */
    List<Instant> received(String begin) {
        return times(messages(), "received", begin);
    }

    /** When messages went out that begin so; of one that was repeated, the first time. */
    List<Instant> sent(String begin) {
        return times(messages(), "sent", begin);
    }

    /** sipp writes the time of each message above it. Over UDP a busy machine has messages repeated (RFC 3261 section 17.1.1.2). */
    static List<Instant> times(String messages, String way, String begin) {
        Set<String> seen = new HashSet<>();
        return Stream.of(messages.split("(?m)^-{10,} "))
                .map(ENTRY::matcher)
                .filter(entry -> entry.matches()
                        && entry.group("way").contains(way)
                        && entry.group("message").startsWith(begin)
                        && seen.add(entry.group("message")))
                .map(entry -> LocalDateTime.parse(entry.group("date") + "T" + entry.group("time"))
                        .atZone(ZoneId.systemDefault())
                        .toInstant())
                .toList();
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
        end(process);
    }

    /** The next one may want its port. */
    static void end(Process process) {
        process.destroyForcibly();
        try {
            process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
