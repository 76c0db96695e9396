package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.FreePorts;
import io.copperline.gateway.doctor.Finding;
import io.copperline.gateway.doctor.TrunkDoctor;
import io.copperline.sip.Carriage;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TlsSettings;
import io.copperline.sip.TrunkSettings;
import io.copperline.sip.TrunkTls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A carrier over TLS that has an authority of its own, wants a certificate from it and speaks ALPN: OpenSSL's {@code s_server}. */
class ClientCertificateIT {
    private final Path directory = Stage.emptyDirectory(ClientCertificateIT.class);
    private final Path output = directory.resolve("server.log");
    private final int port = FreePorts.one();
    private Process server;

    @BeforeEach
    void start() throws IOException {
        Certificates.in(directory)
                .signed("carrier", "localhost")
                .signed("client", "localhost")
                .selfSigned("general", "general");
        server = new ProcessBuilder(
                        "openssl",
                        "s_server",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-cert",
                        "carrier.pem",
                        "-key",
                        "carrier.key",
                        "-CAfile",
                        "ca.pem",
                        "-Verify",
                        "2",
                        "-verify_return_error",
                        "-alpn",
                        "sip/2")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Await.until("openssl listens", () -> said().contains("ACCEPT"));
    }

    @AfterEach
    void stop() {
        server.destroyForcibly();
    }

    private String said() {
        return Sipp.text(output);
    }

    private SipSettings sockets() {
        TlsSettings general =
                new TlsSettings(directory.resolve("general.pem"), directory.resolve("general.key"), Optional.empty());
        return new SipSettings(
                "127.0.0.1", "", 0, 0, SipSettings.ANY_FREE_PORT, Optional.of(general), "Copperline test", List.of());
    }

    private TrunkSettings trunk() {
        TrunkTls tls = new TrunkTls(
                Optional.of(directory.resolve("client.pem")),
                Optional.of(directory.resolve("client.key")),
                Optional.of(directory.resolve("ca.pem")),
                List.of("sip/2"));
        return TrunkSettings.to("carrier", "localhost", port, SipTransport.TLS)
                .carriage(Carriage.USUAL.with(tls))
                .build();
    }

    @Test
    void theTrunkShowsTheCertificateThatTheCarrierWants() throws Exception {
        try (SipEndpoint sip =
                SipEndpoint.start(sockets(), List.of(trunk()), _ -> {}, InstantSource.system(), new Random(3))) {
            sip.trunk("carrier").probe();
            Await.until("OPTIONS has come through", () -> said().contains("OPTIONS sip:localhost"));
        }
        assertTrue(said().contains("subject=CN=client") || said().contains("subject=CN = client"), this::said);
        assertTrue(said().contains("ALPN protocols selected: sip/2"), this::said);
    }

    @Test
    void theDoctorConnectsAsTheTrunkDoes() {
        List<Finding> findings = new ArrayList<>();
        TrunkDoctor doctor = new TrunkDoctor(
                sockets(),
                trunk(),
                Optional.empty(),
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                finding -> {
                    findings.add(finding);
                    if (finding.step().equals("connect")) {
                        Await.until("it has said so", () -> said().contains("ALPN protocols selected: "));
                        server.destroyForcibly(); // it never answers OPTIONS
                    }
                });
        doctor.examine();
        assertTrue(
                findings.stream()
                        .anyMatch(one -> one.step().equals("connect") && one.outcome() == Finding.Outcome.PASS),
                findings::toString);
        assertTrue(said().contains("ALPN protocols selected: sip/2"), this::said);
    }
}
