package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.copperline.codecs.Secret;
import io.copperline.config.ConfigProblems;
import io.copperline.config.HabitsReader;
import io.copperline.config.RecordSettings;
import io.copperline.gateway.carrier.PemIdentity;
import io.copperline.gateway.carrier.ScriptedCarrier;
import io.copperline.gateway.record.CallRecord;
import io.copperline.gateway.record.CallRecordStore;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Trunks that fail while the gateway runs: nobody listens, the certificate is from somebody else's authority, the registrar does
 * not serve, or nothing is answered. Each is told of once, with its cause, wherever an operator may look, and is up again when its carrier is.
 */
class TrunkFailureIT {
    private static final List<String> TRUNKS = List.of("closed", "untrusted", "refusing", "silent");
    private static final String CLOSED_NUMBER = "+14045550101";
    private static final String UNTRUSTED_NUMBER = "+14045550102";
    private static final String REFUSING_NUMBER = "+14045550103";
    private static final String SILENT_NUMBER = "+14045550104";

    private static final String CLOSED = "not sent: Connection refused";
    private static final String UNTRUSTED =
            "the carrier's certificate is not good: Path does not chain with any of the trust anchors";
    private static final String REFUSING = "503 Service Unavailable";
    private static final String SILENT = "no response";
    /** Three OPTIONS of up to 5 s with 5 s between them; or four REGISTERs with up to 6, 12 and 24 s, and then 48 s. */
    private static final Duration SURE = Duration.ofSeconds(90);

    private final Path directory = Stage.emptyDirectory(TrunkFailureIT.class);
    private final Ports ports = Ports.free();
    private final GatewayProcess gateway = new GatewayProcess(
            ports, directory, Family.IPV4, /* iceSettings= */ "ice: full", "", "/it/failing-trunks.yaml");

    @RegisterExtension
    final Kept kept = new Kept();

    @BeforeEach
    void start() throws IOException {
        Certificates.in(Files.createDirectories(directory.resolve("another"))).signed("carrier", "localhost");
        Certificates.in(directory).signed("gateway", "localhost").signed("carrier", "localhost");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void eachIsToldOfOnceWithItsCauseAndIsUpAgainWhenItsCarrierIs() throws Exception {
        SippServer refusing = SippServer.at(directory, refusingAt(), "refuses-registrations");
        ScriptedCarrier untrusted = carrier("tls", "localhost", ports.lab(), identity("another"));
        String closedCall;
        String untrustedCall;
        String silentCall;
        try (refusing;
                untrusted;
                DatagramSocket _ = new DatagramSocket(silentAt())) { // takes packets and says nothing
            gateway.start();
            closedCall = failedCall(CLOSED_NUMBER);
            untrustedCall = failedCall(UNTRUSTED_NUMBER);
            silentCall = failedCall(SILENT_NUMBER);
            TRUNKS.forEach(trunk -> awaitUsable(trunk, 0));
            assertFailing("closed", "options", CLOSED, "check the trunk's server and transport");
            assertFailing("untrusted", "options", UNTRUSTED, "tls-ca");
            assertFailing("silent", "options", SILENT, "that the carrier knows our address");
            assertFailing("refusing", "register", REFUSING, "the carrier is in trouble");
            assertEquals(0, metric("registered", "refusing"));
            assertEquals(1, metric("servers_down", "closed"));
            assertEquals(1, metric("servers_down", "silent"));
            assertAskedMoreAndMoreSeldom(refusing);
        }
        assertToldOnce("Trunk closed is DOWN: OPTIONS to TCP 127.0.0.2 port " + ports.sipp() + ": " + CLOSED);
        assertToldOnce("Trunk untrusted is DOWN: OPTIONS to TLS 127.0.0.1 port " + ports.lab() + ": " + UNTRUSTED);
        assertToldOnce("Trunk silent is DOWN: OPTIONS to UDP 127.0.0.4 port " + ports.sipp() + ": " + SILENT);
        assertToldOnce("Trunk refusing could not register as copperline: " + REFUSING);
        assertEquals(TRUNKS.size(), warningsOfTrunks(), gateway::lastOfLog);
        kept.keep(carrier("tcp", "127.0.0.2", ports.sipp(), Optional.empty()));
        kept.keep(carrier("tls", "localhost", ports.lab(), identity("")));
        kept.keep(carrier("udp", "127.0.0.3", ports.sipp(), Optional.empty()));
        kept.keep(carrier("udp", "127.0.0.4", ports.sipp(), Optional.empty()));
        TRUNKS.forEach(trunk -> awaitUsable(trunk, 1));
        assertToldOnce("Trunk closed is UP");
        assertToldOnce("Trunk untrusted is UP");
        assertToldOnce("Trunk silent is UP");
        assertToldOnce("Trunk refusing is registered as copperline");
        TRUNKS.forEach(trunk -> assertTrue(state(trunk).path("failures").isEmpty(), state(trunk)::toString));
        List.of(CLOSED_NUMBER, UNTRUSTED_NUMBER, REFUSING_NUMBER, SILENT_NUMBER).forEach(this::talk);
        assertToldOnce("The call ended: trunk-unreachable by GATEWAY (SIP 0, Q.850 38): " + CLOSED);
        assertToldOnce("The call ended: trunk-unreachable by GATEWAY (SIP 0, Q.850 38): " + UNTRUSTED);
        assertToldOnce("The call ended: trunk-unreachable by GATEWAY (SIP 0, Q.850 38): " + SILENT);
        gateway.stop();
        assertRecords(Map.of(closedCall, CLOSED, untrustedCall, UNTRUSTED, silentCall, SILENT));
    }

    private InetSocketAddress silentAt() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.4"), ports.sipp());
    }

    private Carrier refusingAt() {
        return Carrier.at(ports.sipp()).at("127.0.0.3");
    }

    private Optional<SSLContext> identity(String authority) throws IOException, GeneralSecurityException {
        Path files = directory.resolve(authority);
        return Optional.of(PemIdentity.read(files.resolve("carrier.pem"), files.resolve("carrier.key")));
    }

    /** A carrier that answers everything and echoes. */
    private ScriptedCarrier carrier(String transport, String host, int port, Optional<SSLContext> tls)
            throws IOException, ConfigProblems {
        Path habits = Files.writeString(directory.resolve(transport + ".yaml"), "transport: " + transport + "\n");
        return ScriptedCarrier.start(
                HabitsReader.read(habits, Map.of()),
                new InetSocketAddress(host, port),
                tls,
                "copperline",
                new Secret("correct horse"),
                new SecureRandom(),
                System::nanoTime,
                _ -> {});
    }

    /** The id of a call that did not come through. */
    private String failedCall(String number) {
        try (HttpCall call = HttpCall.place(gateway, number)) {
            Await.until("the call is given up", SURE, () -> call.state().equals("ended"));
            assertEquals("ended trunk-unreachable", call.story().getLast());
            return call.id();
        }
    }

    private void talk(String number) {
        try (HttpCall call = HttpCall.place(gateway, number)) {
            call.awaitState("answered");
            call.hangUp();
        }
    }

    private double metric(String what, String trunk) {
        return gateway.metric("copperline_trunk_" + what + "{trunk=\"" + trunk + "\"}");
    }

    private void awaitUsable(String trunk, double wanted) {
        Await.until(trunk + " is usable: " + wanted, SURE, () -> metric("usable", trunk) == wanted);
    }

    private JsonNode state(String trunk) {
        String body = gateway.send(HttpRequest.newBuilder(gateway.uri("/v1/trunks"))
                        .header("Authorization", "Bearer " + Tokens.operator()))
                .body();
        try {
            for (JsonNode one : new ObjectMapper().readTree(body).path("trunks")) {
                if (one.path("name").asText().equals(trunk)) {
                    return one;
                }
            }
        } catch (IOException e) {
            throw new AssertionError(body, e);
        }
        throw new AssertionError("no trunk " + trunk + " in " + body);
    }

    private void assertFailing(String trunk, String step, String what, String fix) {
        JsonNode state = state(trunk);
        assertEquals(
                step.equals("options") ? "down" : "unknown",
                state.path("health").asText());
        JsonNode failure = state.path("failures").path(0);
        assertEquals(step, failure.path("step").asText(), state::toString);
        assertEquals(what, failure.path("what").asText());
        assertTrue(failure.path("fix").asText().contains(fix), failure::toString);
    }

    private static void assertAskedMoreAndMoreSeldom(SippServer server) {
        Await.until("a third REGISTER", SURE, () -> asked(server).size() >= 3);
        List<Instant> asked = asked(server);
        for (int i = 0; i < 2; i++) {
            Duration pause = Duration.between(asked.get(i), asked.get(i + 1));
            assertTrue(pause.compareTo(Duration.ofSeconds(5L << i)) >= 0, asked::toString);
        }
    }

    /** When REGISTERs have come, without their repetitions, which come within 4 s (RFC 3261 section 17.1.2.2). */
    private static List<Instant> asked(SippServer server) {
        List<Instant> asked = new ArrayList<>();
        Instant before = Instant.MIN;
        for (Instant one : server.received("REGISTER ")) {
            if (before.plusMillis(4_500).isBefore(one)) {
                asked.add(one);
            }
            before = one;
        }
        return asked;
    }

    private void assertToldOnce(String words) {
        Await.until(words, () -> gateway.log().stream().anyMatch(line -> line.contains(words)));
        assertEquals(
                1, gateway.log().stream().filter(line -> line.contains(words)).count(), words);
    }

    private long warningsOfTrunks() {
        return gateway.log().stream()
                .filter(line -> line.contains(" WARN ") && line.contains("Trunk "))
                .count();
    }

    private void assertRecords(Map<String, String> causes) {
        RecordSettings embedded =
                new RecordSettings(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofDays(1));
        try (CallRecordStore records = CallRecordStore.open(embedded, directory.resolve("data"))) {
            causes.forEach((call, cause) -> {
                CallRecord record = records.find(call).orElseThrow();
                assertEquals("trunk-unreachable", record.endCode());
                assertEquals(cause, record.cause());
            });
        }
    }
}
