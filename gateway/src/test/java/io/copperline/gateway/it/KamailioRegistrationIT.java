package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.ConfigProblems;
import io.copperline.config.ConfigReader;
import io.copperline.config.CopperlineSettings;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipStartException;
import io.copperline.sip.Trunk;
import io.copperline.sip.TrunkState.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Trunks that register at Kamailio by SHA-256, over each transport. It grants 6 s, and its nonces are good for 3 s. */
class KamailioRegistrationIT {
    private static final int GRANTED_SECONDS = 6;
    private static final Duration TWO_REFRESHES = Duration.ofSeconds(25);
    /** The pause before another try grows to 48 s while UDP finds out, and to 96 s where that takes long. */
    private static final Duration BACK = Duration.ofSeconds(150);
    /** Why Kamailio asks for credentials, in its own numbers. */
    private static final int STALE_NONCE = -4;

    private static final int WRONG_PASSWORD = -2;
    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls");

    private final Path directory = Stage.emptyDirectory(KamailioRegistrationIT.class);
    private final Ports ports = Ports.free();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Kamailio kamailio;
    private SipEndpoint sip;

    @BeforeEach
    void start() throws IOException, ConfigProblems, SipStartException {
        kamailio = new Kamailio(ports, directory, "SHA-256", GRANTED_SECONDS);
        Path file = Files.writeString(
                directory.resolve("copperline.yaml"),
                """
                region: US
                auth: {hs256-secret: %s}
                sip:
                  bind: 127.0.0.1
                  udp-port: %d
                  tcp-port: %2$d
                  tls-port: %d
                  tls: {certificate: gateway.pem, key: gateway.key, trust: ca.pem}
                """.formatted(GatewayProcess.SECRET, ports.sip(), ports.sipTls())
                        + "trunks:\n" + trunk("udp", ports.kamailio()) + trunk("tcp", ports.kamailio())
                        + trunk("tls", ports.kamailioTls()));
        CopperlineSettings settings = ConfigReader.read(file, Map.of());
        sip = SipEndpoint.start(
                settings.sip(),
                settings.trunks(),
                call -> call.refuse(486, 17),
                InstantSource.system(),
                new SecureRandom());
        var _ = clock.scheduleAtFixedRate(() -> sip.trunks().forEach(Trunk::onTime), 0, 1, TimeUnit.SECONDS);
    }

    private static String trunk(String transport, int port) {
        return """
                  %s:
                    server: localhost:%d
                    transport: %1$s
                    username: %1$s-account
                    password: %1$s-secret
                    register: true
                    options-interval: 0
                """.formatted(transport, port);
    }

    @AfterEach
    void stop() {
        clock.shutdownNow();
        sip.close();
        kamailio.close();
    }

    @Test
    void refreshesInTimeWithANewNonceEachTimeAndSignsOff() {
        Await.until(
                "all have registered and refreshed twice",
                TWO_REFRESHES,
                () -> TRANSPORTS.stream().allMatch(transport -> registered(transport) >= 3));
        for (String transport : TRANSPORTS) {
            Await.until(transport + " is registered", () -> isRegistered(transport));
            assertTrue(
                    kamailio.count("challenges " + transport + "-account by " + transport + ": " + STALE_NONCE) >= 2);
        }
        assertEquals(0, kamailio.count(": " + WRONG_PASSWORD), kamailio::said);
        sip.close();
        for (String transport : TRANSPORTS) {
            kamailio.awaitSaid("signs off " + transport + "-account by " + transport);
        }
    }

    @Test
    void registersAgainWhenTheCarrierComesBack() {
        TRANSPORTS.forEach(transport -> Await.until("registered", () -> isRegistered(transport)));
        kamailio.stop();
        Await.until(
                "all know that the carrier has gone",
                BACK,
                () -> TRANSPORTS.stream().noneMatch(this::isRegistered));
        int before = registered("udp") + registered("tcp") + registered("tls");
        kamailio.start();
        Await.until("all are registered again", BACK, () -> TRANSPORTS.stream().allMatch(this::isRegistered));
        assertTrue(registered("udp") + registered("tcp") + registered("tls") >= before + 3);
    }

    private boolean isRegistered(String transport) {
        return sip.trunk(transport).state().registration() == Registration.REGISTERED;
    }

    /** How often Kamailio has let it. */
    private int registered(String transport) {
        return kamailio.count("registers " + transport + "-account by " + transport);
    }
}
