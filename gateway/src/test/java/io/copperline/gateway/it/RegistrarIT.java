package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.ConfigProblems;
import io.copperline.config.ConfigReader;
import io.copperline.config.CopperlineSettings;
import io.copperline.gateway.FreePorts;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipStartException;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkState;
import io.copperline.sip.TrunkState.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trunks, as they stand in a configuration, that register at scripted registrars. */
class RegistrarIT {
    private static final Duration REGISTERED = Duration.ofSeconds(20);

    private final Path directory = Stage.emptyDirectory(RegistrarIT.class);
    private final int port = FreePorts.one();

    private SipEndpoint start(String keys) throws IOException, ConfigProblems, SipStartException {
        Path file = Files.writeString(
                directory.resolve("copperline.yaml"),
                """
                region: US
                auth: {hs256-secret: %s}
                sip: {bind: 127.0.0.1, udp-port: %d, tcp-port: 0}
                trunks:
                  carrier:
                    server: 127.0.0.1:%d
                    options-interval: 0
                    register-expiry: 60s
                """.formatted(GatewayProcess.SECRET, FreePorts.one(), port) + keys.indent(4));
        CopperlineSettings settings = ConfigReader.read(file, Map.of());
        return SipEndpoint.start(
                settings.sip(),
                settings.trunks(),
                call -> call.refuse(486, 17),
                InstantSource.system(),
                new SecureRandom());
    }

    private static void awaitRegistered(Trunk trunk, int accounts) {
        Await.until(
                "all are registered: " + trunk.state(),
                REGISTERED,
                () -> trunk.state().accounts().stream()
                                .filter(account -> account.registration() == Registration.REGISTERED)
                                .count()
                        == accounts);
    }

    @Test
    void eachAccountGoesThroughAllThatARegistrarWants() throws Exception {
        try (SippServer registrar = SippServer.udp(directory, port, "registers-step-by-step");
                SipEndpoint sip = start("""
                        register: true
                        accounts:
                          - {username: berlin, password: secret, numbers: ["+493012345600"]}
                          - {username: paris, password: secret}
                          - {username: edge-user, password: other, realm: edge, register: false}
                        """)) {
            Trunk trunk = sip.trunk("carrier");
            awaitRegistered(trunk, 2);
            assertTrue(trunk.state().usable());
            for (TrunkState.AccountState account : trunk.state().accounts()) {
                Duration left = Duration.between(Instant.now(), account.until().orElseThrow());
                assertEquals(3600.0, (double) left.toSeconds(), 30.0, "its own Contact counts, not another's");
            }
            assertTrue(registrar.messages().contains("SIP/2.0 423"), registrar::messages);
        }
    }

    @Test
    void allNumbersRegisterAtOnce() throws Exception {
        try (SippServer _ = SippServer.udp(directory, port, "registers-all-numbers");
                SipEndpoint sip = start("""
                        username: pilot
                        password: secret
                        register: gin
                        """)) {
            awaitRegistered(sip.trunk("carrier"), 1);
            assertEquals(List.of("pilot"), names(sip.trunk("carrier")));
        }
    }

    private static List<String> names(Trunk trunk) {
        return trunk.state().accounts().stream()
                .map(TrunkState.AccountState::username)
                .toList();
    }
}
