package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit as docs/carrier-kit.md has it: {@code copperline carrier} in one process, {@code copperline trunk test} in another. */
class CarrierKitIT {
    private static final Path SCRIPT =
            Path.of("target/copperline/bin/copperline").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    Path directory;

    private Process carrier;

    @AfterEach
    void end() {
        if (carrier != null) {
            carrier.destroy();
        }
    }

    @Test
    void aTrunkThatKeepsToTheHabitsPasses() throws IOException, InterruptedException {
        Path habits = Files.writeString(directory.resolve("own.yaml"), """
                transport: tcp
                registration: required
                challenge: 407
                called: '\\+1[0-9]{10}'
                from: account
                headers: ['P-Asserted-Identity: \\+[0-9]+']
                """);
        BufferedReader said = start(habits.toString(), "--calls", "1", "--json");
        String listening = said.readLine();
        assertTrue(
                listening.matches(
                        "\\{\"event\":\"listening\",\"address\":\"127.0.0.1\",\"port\":[0-9]+,\"transport\":\"tcp\"}"),
                listening);
        Process test = trunkTest(port(listening), "transport: tcp\n    register: true\n");
        assertEquals(0, ended(test), () -> lines(test));
        assertEquals(0, ended(carrier));
        assertEquals(
                List.of("{\"event\":\"end\",\"calls\":1,\"violations\":0}"),
                said.lines().toList());
    }

    @Test
    void aTrunkThatDoesNotIsToldWhatWasWrong() throws IOException, InterruptedException {
        BufferedReader said = start("vonage", "--calls", "1");
        String listening = said.readLine();
        assertTrue(listening.matches("The carrier listens on 127.0.0.1 port [0-9]+ udp."), listening);
        Process test = trunkTest(port(listening), "from: caller\n");
        assertEquals(1, ended(test));
        carrier.toHandle().destroy(); // SIGTERM, which leaves its output open
        assertEquals(1, ended(carrier));
        assertEquals(
                List.of(
                        "violation INVITE: called: expected [1-9][0-9]{6,14}, got +12025550100; refused with 404",
                        "violation INVITE: from: expected [1-9][0-9]{6,14}, got +12025550150; refused with 403",
                        "0 of 1 call, 2 violations."),
                said.lines().toList());
    }

    /** Starts a carrier on a free port; what it says. */
    private BufferedReader start(String habits, String... more) throws IOException {
        List<String> options = List.of("--habits", habits, "--port", "0", "--seconds", "" + PATIENCE_SECONDS);
        carrier = copperline(Stream.of(Stream.of("carrier"), options.stream(), Stream.of(more))
                .flatMap(words -> words));
        return carrier.inputReader();
    }

    private Process trunkTest(int port, String keys) throws IOException {
        Path file = Files.writeString(directory.resolve("copperline.yaml"), """
                region: US
                auth: {hs256-secret: 0123456789abcdef0123456789abcdef}
                media: {bind: 127.0.0.1}
                sip: {bind: 127.0.0.1}
                trunks:
                  carrier:
                    server: 127.0.0.1:%d
                    username: copperline
                    password: secret
                    %s""".formatted(port, keys));
        return copperline(Stream.of(
                "trunk", "test", file.toString(), "carrier", "--call", "+12025550100", "--from", "+12025550150"));
    }

    private Process copperline(Stream<String> words) throws IOException {
        List<String> command =
                Stream.concat(Stream.of(SCRIPT.toString()), words).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.redirectErrorStream(true).start();
    }

    private static int ended(Process process) throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it goes on");
        return process.exitValue();
    }

    private static String lines(Process process) {
        return String.join("\n", process.inputReader().lines().toList());
    }

    private static int port(String listening) {
        return Integer.parseInt(listening.replaceAll(".*port\\D+([0-9]+).*", "$1"));
    }
}
