package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.Drop;
import io.copperline.sip.SipEndpoint;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.TlsSettings;
import io.copperline.sip.TrunkSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Carriers that connect over TLS, where we want a certificate of them, too: OpenSSL's {@code s_client}. */
class MutualTlsIT {
    private static final String OPTIONS = """
            OPTIONS sip:localhost SIP/2.0
            Via: SIP/2.0/TLS 127.0.0.1:9;rport;branch=z9hG4bKmutual
            Max-Forwards: 70
            From: <sip:carrier@localhost>;tag=1
            To: <sip:localhost>
            Call-ID: mutual
            CSeq: 1 OPTIONS
            Content-Length: 0

            """.replace("\n", "\r\n");

    private final Path directory = Stage.emptyDirectory(MutualTlsIT.class);
    private SipEndpoint sip;

    @BeforeEach
    void start() throws Exception {
        Certificates.in(directory)
                .signed("ours", "localhost")
                .signed("carrier", "localhost")
                .expired("expired", "localhost")
                .selfSigned("another", "localhost");
        TlsSettings tls = new TlsSettings(
                directory.resolve("ours.pem"),
                directory.resolve("ours.key"),
                Optional.of(directory.resolve("ca.pem")),
                List.of(),
                true);
        SipSettings sockets = new SipSettings(
                "127.0.0.1", "", 0, 0, SipSettings.ANY_FREE_PORT, Optional.of(tls), "Copperline test", List.of());
        TrunkSettings trunk =
                TrunkSettings.to("carrier", "127.0.0.1", 5061, SipTransport.TLS).build();
        sip = SipEndpoint.start(sockets, List.of(trunk), _ -> {}, InstantSource.system(), new Random(3));
    }

    @AfterEach
    void stop() {
        sip.close();
    }

    /** What a carrier hears and sees that asks whether we live. */
    private String ask(String version, String... certificate) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + sip.tlsPort()));
        command.addAll(List.of("-quiet", "-servername", "localhost", "-CAfile", "ca.pem", version));
        command.addAll(List.of(certificate));
        Process client = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        try (var out = client.getOutputStream();
                var in = client.getInputStream()) {
            out.write(OPTIONS.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            for (int one = in.read(); one >= 0 && !said.toString().endsWith("SIP/2.0 200 "); one = in.read()) {
                said.append((char) one);
            }
        } catch (IOException e) {
            said.append(e.getMessage()); // it has ended before it was asked
        } finally {
            client.destroyForcibly();
        }
        return said.toString();
    }

    private String ask(String version, String name) throws IOException {
        return ask(version, "-cert", name + ".pem", "-key", name + ".key");
    }

    @Test
    void answersWhoShowsAGoodCertificateAndNobodyElse() throws Exception {
        long refused = 0;
        for (String version : List.of("-tls1_3", "-tls1_2")) {
            String good = ask(version, "carrier");
            assertTrue(good.endsWith("SIP/2.0 200 "), good);
            assertEquals(refused, sip.drops().get(Drop.STRANGER));
            for (String bad : List.of(ask(version), ask(version, "expired"), ask(version, "another"))) {
                assertFalse(bad.contains("SIP/2.0"), bad);
                refused++;
            }
            long all = refused;
            Await.until("they are counted", () -> sip.drops().get(Drop.STRANGER) == all);
        }
    }
}
