package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.FreePorts;
import io.copperline.gateway.doctor.Finding;
import io.copperline.gateway.doctor.TrunkDoctor;
import io.copperline.sip.Carriage;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipStartException;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TlsSettings;
import io.copperline.sip.TrunkFailure;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A carrier over TLS that has an authority of its own, wants a certificate from it and speaks ALPN: OpenSSL's {@code s_server}. */
class ClientCertificateIT {
    private final Path directory = Stage.emptyDirectory(ClientCertificateIT.class);
    private final Path output = directory.resolve("server.log");
    private final int port = FreePorts.one();
    private Process server;

    @BeforeEach
    void makeCertificates() {
        Certificates.in(directory)
                .signed("carrier", "localhost")
                .signed("client", "localhost")
                .expired("expired", "localhost")
                .selfSigned("general", "general");
    }

    /** Starts the carrier, with a certificate and more of {@code s_server}'s options. */
    private void serve(String certificate, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "127.0.0.1:" + port));
        command.addAll(List.of("-cert", certificate + ".pem", "-key", certificate + ".key", "-CAfile", "ca.pem"));
        command.addAll(List.of("-Verify", "2", "-verify_return_error", "-alpn", "sip/2"));
        command.addAll(List.of(more));
        server = new ProcessBuilder(command)
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

    private TrunkSettings trunk(String certificate) {
        TrunkTls tls = new TrunkTls(
                Optional.of(directory.resolve(certificate + ".pem")),
                Optional.of(directory.resolve(certificate + ".key")),
                Optional.of(directory.resolve("ca.pem")),
                List.of("sip/2"));
        return TrunkSettings.to("carrier", "localhost", port, SipTransport.TLS)
                .carriage(Carriage.USUAL.with(tls))
                .build();
    }

    /** What the trunk says of a question that the carrier never answers. */
    private TrunkFailure failure(String certificate) throws SipStartException {
        try (SipEndpoint sip = SipEndpoint.start(
                sockets(), List.of(trunk(certificate)), _ -> {}, InstantSource.system(), new Random(3))) {
            sip.trunk("carrier").probe();
            return Await.value(
                    "OPTIONS has failed",
                    Await.USUAL,
                    () -> sip.trunk("carrier").state().probeFailure());
        }
    }

    private List<Finding> examine(String certificate, Consumer<Finding> told) {
        List<Finding> findings = new ArrayList<>();
        new TrunkDoctor(
                        sockets(),
                        trunk(certificate),
                        Optional.empty(),
                        InstantSource.system(),
                        System::nanoTime,
                        new SecureRandom(),
                        finding -> {
                            findings.add(finding);
                            told.accept(finding);
                        })
                .examine();
        return findings;
    }

    private static Finding finding(List<Finding> findings, String step) {
        return findings.stream()
                .filter(one -> one.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    /** With TLS 1.3 the handshake is over for us when the carrier refuses. */
    @ParameterizedTest
    @CsvSource({"expired,-tls1_3", "expired,-tls1_2", "general,-tls1_3", "general,-tls1_2"})
    void aCarrierThatRefusesOurCertificateIsToldOfAsThat(String certificate, String version) throws Exception {
        serve("carrier", version);
        TrunkFailure told = failure(certificate);
        assertTrue(told.what().startsWith("the carrier refused TLS: "), told::toString);
        assertTrue(told.fix().contains("tls-certificate"), told::toString);
        Finding connect = finding(examine(certificate, _ -> {}), "connect");
        assertEquals(Finding.Outcome.FAIL, connect.outcome());
        assertTrue(connect.what().endsWith(told.what()), connect::toString);
        assertEquals(told.fix(), connect.fix());
    }

    @Test
    void aCarrierWhoseCertificateHasExpiredIsToldOfAsThat() throws Exception {
        serve("expired");
        TrunkFailure told = failure("client");
        assertTrue(told.what().startsWith("the carrier's certificate is not good: NotAfter: "), told::toString);
        assertTrue(told.fix().contains("tls-ca"), told::toString);
        Finding options = finding(examine("client", _ -> {}), "options");
        assertEquals(told.what() + ": " + told.fix(), options.what() + ": " + options.fix());
    }

    @Test
    void theTrunkShowsTheCertificateThatTheCarrierWants() throws Exception {
        serve("carrier");
        try (SipEndpoint sip = SipEndpoint.start(
                sockets(), List.of(trunk("client")), _ -> {}, InstantSource.system(), new Random(3))) {
            sip.trunk("carrier").probe();
            Await.until("OPTIONS has come through", () -> said().contains("OPTIONS sip:localhost"));
        }
        assertTrue(said().contains("subject=CN=client") || said().contains("subject=CN = client"), this::said);
        assertTrue(said().contains("ALPN protocols selected: sip/2"), this::said);
    }

    @Test
    void theDoctorConnectsAsTheTrunkDoes() throws IOException {
        serve("carrier");
        List<Finding> findings = examine("client", finding -> {
            if (finding.step().equals("connect")) {
                Await.until("it has said so", () -> said().contains("ALPN protocols selected: "));
                server.destroyForcibly(); // it never answers OPTIONS
            }
        });
        assertEquals(Finding.Outcome.PASS, finding(findings, "connect").outcome(), findings::toString);
        assertTrue(said().contains("ALPN protocols selected: sip/2"), this::said);
    }
}
