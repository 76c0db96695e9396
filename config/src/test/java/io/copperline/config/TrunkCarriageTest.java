package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.Carriage;
import io.copperline.sip.KeepAlive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of a trunk that say how bytes travel. */
class TrunkCarriageTest {
    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void openDirectory() {
        config = new ConfigFixture(directory);
    }

    private static String trunk(String keys) {
        return ConfigFixture.good("trunks: {carrier: {server: sip.example.com, " + keys + "}}\n");
    }

    private String onlyProblem(String yaml) {
        List<String> problems = config.problems(yaml);
        assertEquals(1, problems.size(), problems::toString);
        return problems.getFirst();
    }

    @Test
    void readsEachKey() {
        Carriage carriage = config.read(trunk("largest-datagram: 1200, keep-alive: crlf, keep-alive-interval: 20s,"
                        + " bind: 10.0.0.10, advertise: 203.0.113.11"))
                .trunks()
                .getFirst()
                .carriage();
        assertEquals(1200, carriage.largestDatagram());
        assertEquals(new KeepAlive(KeepAlive.Kind.CRLF, Duration.ofSeconds(20)), carriage.keepAlive());
        assertEquals(Optional.of("10.0.0.10"), carriage.bind());
        assertEquals(Optional.of("203.0.113.11"), carriage.advertise());
    }

    @Test
    void sdpKeepsToAnAddressWhereSipNamesUs() {
        Carriage carriage = config.read(trunk("bind: 10.0.0.10, advertise: sbc.example.com"))
                .trunks()
                .getFirst()
                .carriage();
        assertEquals(Optional.of("sbc.example.com"), carriage.advertise());
        assertEquals(Optional.of("10.0.0.10"), carriage.mediaAddress());
        assertTrue(onlyProblem(trunk("advertise: 'sbc example'")).contains("expected an IP address or a host name"));
    }

    @Test
    void stunIsForUdp() {
        String problem = onlyProblem(trunk("transport: tcp, keep-alive: stun"));
        assertTrue(problem.endsWith("Fix: write keep-alive: crlf."), problem);
    }

    @Test
    void noIntervalWhereNothingIsSent() {
        String problem = onlyProblem(trunk("keep-alive: off, keep-alive-interval: 20s"));
        assertTrue(problem.contains("trunks.carrier.keep-alive-interval"), problem);
    }

    @Test
    void tlsKeysNeedTls() {
        String problem = onlyProblem(trunk("tls-alpn: [sip/2]"));
        assertTrue(problem.endsWith("Fix: write transport: tls, or remove tls-alpn."), problem);
    }

    @Test
    void bindNamesOneAddress() {
        assertTrue(onlyProblem(trunk("bind: 0.0.0.0")).endsWith("Fix: remove bind."));
    }

    @Test
    void aCertificateNeedsItsKey() {
        for (String file : List.of("our.pem", "our.key", "client.pem")) {
            config.write(file, "junk");
        }
        String problem = onlyProblem(tls("tls-certificate: client.pem"));
        assertTrue(problem.endsWith("Fix: add tls-key."), problem);
    }

    @Test
    void filesThatCannotBeUsedAreNamed() {
        for (String file : List.of("our.pem", "our.key", "client.pem", "client.key")) {
            config.write(file, "junk");
        }
        String problem = onlyProblem(tls("tls-certificate: client.pem, tls-key: client.key"));
        assertTrue(problem.contains("client.pem holds no certificate"), problem);
    }

    private static String tls(String keys) {
        return "sip: {tls-port: 5061, tls: {certificate: our.pem, key: our.key}}\n" + trunk("transport: tls, " + keys);
    }
}
