package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One server of a carrier: sipp by a scenario of {@code it/sipp}, at a port of loopback, for any number of calls. */
final class SippServer implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /** sipp writes the time of each message above it. */
    private static final Pattern INVITE = Pattern.compile(
            "-{10,} (\\d{4}-\\d\\d-\\d\\d)[\\t ]+(\\d\\d:\\d\\d:\\d\\d\\.\\d{6})[^\\n]*\\n[^\\n]*received[^\\n]*\\n\\s*INVITE ");

    private final Process process;
    private final Path messages;
    private final Path output;

    private SippServer(Process process, Path messages, Path output) {
        this.process = process;
        this.messages = messages;
        this.output = output;
    }

    static SippServer udp(Path directory, int port, String scenario) {
        return start(directory, port, scenario, "u1");
    }

    /** Returns when connections are taken. */
    static SippServer tcp(Path directory, int port, String scenario) {
        SippServer server = start(directory, port, scenario, "t1");
        Await.until("sipp listens at " + port, () -> {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return server;
    }

    private static SippServer start(Path directory, int port, String scenario, String transport) {
        Path messages = directory.resolve(port + transport + ".messages.log");
        Path output = directory.resolve(port + transport + ".output.log");
        List<String> command = List.of(
                "sipp",
                "-sf",
                Sipp.file(scenario).toString(),
                "-i",
                "127.0.0.1",
                "-p",
                "" + port,
                "-t",
                transport,
                "-nostdin",
                "-trace_msg",
                "-message_file",
                messages.toString(),
                "-trace_err",
                "-error_file",
                directory.resolve(port + transport + ".errors.log").toString());
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new SippServer(process, messages, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every SIP message, both ways. */
    String messages() {
        return Sipp.text(messages);
    }

    /** How many INVITEs have come, repetitions included. */
    int invites() {
        return (int) INVITE.matcher(messages()).results().count();
    }

    /** When the first INVITE came, by sipp's own clock, which is the machine's. */
    Instant invitedAt() {
        Matcher first = INVITE.matcher(messages());
        if (!first.find()) {
            throw new AssertionError("no INVITE has come; see " + output + "\n" + messages());
        }
        return LocalDateTime.parse(first.group(1) + "T" + first.group(2), DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                .atZone(ZoneId.systemDefault())
                .toInstant();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
