package io.copperline.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.FreePorts;
import io.copperline.gateway.doctor.Finding.Outcome;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TrunkSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkDoctorTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final SipSettings LOOPBACK = new SipSettings(
            "127.0.0.1", "", 0, SipSettings.ANY_FREE_PORT, 0, Optional.empty(), "Copperline test", List.of());

    private final List<Finding> findings = new ArrayList<>();

    private static TrunkSettings trunk(int port, SipTransport transport) {
        return TrunkSettings.to("carrier", "127.0.0.1", port, transport).build();
    }

    private boolean examine(TrunkSettings trunk) {
        return new TrunkDoctor(
                        LOOPBACK,
                        trunk,
                        Optional.empty(),
                        InstantSource.system(),
                        System::nanoTime,
                        new SecureRandom(),
                        findings::add)
                .examine();
    }

    private List<Outcome> outcomes() {
        return findings.stream().map(Finding::outcome).toList();
    }

    @Test
    void aCarrierThatAnswersIsWell() throws Exception {
        try (SipEndpoint carrier = SipEndpoint.start(
                LOOPBACK,
                List.of(trunk(5_060, SipTransport.TCP)),
                call -> {},
                InstantSource.system(),
                new SecureRandom())) {
            assertTrue(examine(trunk(carrier.tcpPort(), SipTransport.TCP)), findings::toString);
        }
        assertEquals(
                List.of("resolve", "connect", "options", "register"),
                findings.stream().map(Finding::step).toList());
        assertEquals(List.of(Outcome.PASS, Outcome.PASS, Outcome.PASS, Outcome.SKIPPED), outcomes());
    }

    @Test
    void aPortThatNobodyHasOpenIsNamedWithTheFix() {
        int port = FreePorts.one();
        assertFalse(examine(trunk(port, SipTransport.TCP)));
        assertEquals(List.of(Outcome.PASS, Outcome.FAIL, Outcome.SKIPPED, Outcome.SKIPPED), outcomes());
        assertTrue(
                findings.get(1).what().startsWith("no connection to 127.0.0.1 port " + port + " tcp"),
                findings::toString);
        assertTrue(findings.get(1).fix().contains("check server: and transport:"));
    }

    @Test
    void theCertificateIsShown(@TempDir Path directory) throws Exception {
        try (SSLServerSocket server = server(directory)) {
            Thread.ofVirtual().start(() -> {
                try (SSLSocket accepted = (SSLSocket) server.accept()) {
                    accepted.startHandshake();
                } catch (java.io.IOException e) {
                    // The other side has seen enough.
                }
            });
            InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            String look = CertificateLook.at(address, "sip.example.net", Optional.empty(), 5_000);
            assertTrue(
                    look.startsWith("certificate for sip.example.net, 127.0.0.1, signed by CN=carrier, until 2"), look);
        }
    }

    private static SSLServerSocket server(Path directory) throws Exception {
        Path store = directory.resolve("carrier.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String[] make = (keytool
                        + " -genkeypair -alias sip -keyalg EC -dname CN=carrier -ext SAN=dns:sip.example.net,ip:127.0.0.1"
                        + " -validity 2 -storetype PKCS12 -storepass changeit -keystore " + store)
                .split(" ");
        assertEquals(0, new ProcessBuilder(make).inheritIO().start().waitFor());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
    }
}
