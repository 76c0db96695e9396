package io.copperline.gateway.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** OpenSSL as a DTLS peer of its own making: {@code s_client} or {@code s_server}, with a big certificate chain and a small MTU. */
final class Openssl implements AutoCloseable {
    private static final Pattern KEYING_MATERIAL = Pattern.compile("Keying material: ([0-9A-F]+)");
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Process process;
    private final Path output;

    private Openssl(List<String> command, Path directory) throws IOException {
        output = Files.createTempFile(directory, "openssl", ".log");
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Makes a key of RSA, a certificate of it, and two more that make the chain long. */
    static void makeCertificates(Path directory) throws IOException {
        for (String name : List.of("peer", "second", "third")) {
            run(
                    directory,
                    List.of(
                            "openssl",
                            "req",
                            "-x509",
                            "-nodes",
                            "-newkey",
                            "rsa:3072",
                            "-days",
                            "2",
                            "-subj",
                            "/CN=" + name,
                            "-keyout",
                            name + ".key",
                            "-out",
                            name + ".pem"));
        }
        Files.writeString(
                directory.resolve("chain.pem"),
                Files.readString(directory.resolve("second.pem")) + Files.readString(directory.resolve("third.pem")));
    }

    /** The value of {@code a=fingerprint}, as OpenSSL counts it. */
    static String fingerprint(Path directory, String hash) throws IOException {
        String said =
                run(directory, List.of("openssl", "x509", "-in", "peer.pem", "-noout", "-fingerprint", "-" + hash));
        return hash.replace("sha", "sha-") + " " + said.strip().replaceFirst(".*=", "");
    }

    /** Runs a command and hands out what it says. */
    static String run(Path directory, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return said;
    }

    /** @param more options beside those that every peer has */
    static Openssl client(Path directory, int port, String... more) throws IOException {
        return start(directory, List.of("s_client", "-connect", "127.0.0.1:" + port, "-cert_chain", "chain.pem"), more);
    }

    static Openssl server(Path directory, int port, String... more) throws IOException {
        List<String> command =
                List.of("s_server", "-port", "" + port, "-4", "-cert_chain", "chain.pem", "-Verify", "1");
        return start(directory, command, more);
    }

    private static Openssl start(Path directory, List<String> role, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(role);
        command.addAll(List.of("-dtls1_2", "-mtu", "300", "-cert", "peer.pem", "-key", "peer.key"));
        command.addAll(List.of(more));
        return new Openssl(command, directory);
    }

    String said() {
        try {
            return Files.readString(output, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitSaid(String words) {
        try {
            Await.until(words, LONGEST, () -> said().contains(words));
        } catch (AssertionError e) {
            throw new AssertionError(said(), e);
        }
    }

    /** What it exported, in hexadecimal digits. */
    String keyingMaterial() {
        return Await.value("exported keys in " + output, LONGEST, () -> {
            Optional<MatchResult> found =
                    KEYING_MATERIAL.matcher(said()).results().findFirst();
            return found.map(result -> result.group(1));
        });
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
