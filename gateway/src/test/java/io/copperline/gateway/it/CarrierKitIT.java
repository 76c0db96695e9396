package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.copperline.config.ConfigReader;
import io.copperline.gateway.FreePorts;
import io.copperline.gateway.Gateway;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit as docs/carrier-kit.md has it: {@code copperline carrier} in one process, {@code copperline trunk test} in another. */
class CarrierKitIT {
    private static final Path SCRIPT =
            Path.of("target/copperline/bin/copperline").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 120;

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
                reliable: 183
                rtcp: mux
                """);
        BufferedReader said = start(habits.toString(), "--calls", "1", "--json");
        String listening = said.readLine();
        assertTrue(
                listening.matches(
                        "\\{\"event\":\"listening\",\"address\":\"127.0.0.1\",\"port\":[0-9]+,\"transport\":\"tcp\"}"),
                listening);
        Process test = trunkTest(port(listening), "transport: tcp\n    register: true\n    rtcp-mux: true\n");
        int code = ended(test);
        String found = lines(test);
        assertEquals(0, code, found);
        assertTrue(found.contains("the other side lost 0.0 % of what we sent"), found);
        assertEquals(0, ended(carrier));
        assertEquals(
                List.of("{\"event\":\"end\",\"calls\":1,\"made\":0,\"failed\":0,\"violations\":0}"),
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

    @Test
    void aWebAppIsCalledAndHangsUp() throws Exception {
        int media = FreePorts.block(24);
        int sip = FreePorts.one();
        Path file = Files.writeString(directory.resolve("copperline.yaml"), """
                region: US
                data-directory: data
                http: {bind: 127.0.0.1, port: free}
                auth: {hs256-secret: %s}
                media: {bind: 127.0.0.1, advertise: 127.0.0.1, ice: full, udp-port: %d, shards: 1, trunk-ports: %d-%d, max-lateness: 10s}
                sip: {bind: 127.0.0.1, udp-port: %d, tcp-port: 0}
                trunks:
                  carrier: {profile: vonage, server: 127.0.0.1, options-interval: 0, username: a, password: b}
                routes:
                  inbound:
                    - {number: "+12025550150", user: alice}
                """.formatted(
                        GatewayProcess.SECRET, media, media + 2, media + 23, sip)
                .replace("data-directory: data", "data-directory: " + directory.resolve("data")));
        try (Gateway gateway = Gateway.start(ConfigReader.read(file, Map.of()));
                PhoneSocket phone = new PhoneSocket(gateway.httpPort(), Tokens.alice())) {
            String[] call = {"--gateway", "127.0.0.1:" + sip, "--call", "+12025550150", "--digits", "5", "--talk", "0"};
            BufferedReader said = start("vonage", call);
            assertTrue(said.readLine().startsWith("The carrier listens on 127.0.0.1 port "));
            JsonNode incoming = phone.await("incoming");
            assertEquals("+14045550100", incoming.get("from").asText());
            phone.answer(incoming);
            assertEquals("5", phone.awaitEvent("dtmf").get("digit").asText());
            Await.until("a second of sound goes back", () -> phone.heardPackets() > 100);
            phone.hangUp();
            assertEquals(0, ended(carrier));
            List<String> lines = said.lines().toList();
            assertTrue(
                    lines.getFirst()
                            .matches("call \\+12025550150: 200 after [0-9]+ ms; sent [0-9]+ packets.*, heard [0-9]+,"
                                    + " [0-9]+ ms of sound, [0-9]+ ms of it our tone.*; other-hung-up"),
                    lines::toString);
            assertEquals("0 calls, 1 made, all as asked, nothing refused.", lines.getLast());
            assertEquals(1, callsNobody(sip));
        }
    }

    /** What becomes of a call to a number that nobody has. */
    private int callsNobody(int sip) throws IOException, InterruptedException {
        BufferedReader said = start(
                "vonage",
                "--gateway",
                "127.0.0.1:" + sip,
                "--call",
                "+12025550199",
                "--from",
                "+12025550188",
                "--json");
        int code = ended(carrier);
        List<String> lines = said.lines().toList();
        assertTrue(
                lines.get(1).contains("\"status\":404,")
                        && lines.get(1).endsWith("\"end\":\"refused\",\"missing\":[\"status 200 expected, got 404\"]}"),
                lines::toString);
        assertEquals("{\"event\":\"end\",\"calls\":0,\"made\":1,\"failed\":1,\"violations\":0}", lines.getLast());
        return code;
    }

    @Test
    void whatCannotBeCalledIsTold() throws IOException, InterruptedException {
        BufferedReader said = start("vonage", "--call", "+12025550150");
        assertEquals(2, ended(carrier));
        assertEquals("Nobody registers with these habits: add --gateway HOST:PORT.", said.readLine());
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
