package io.copperline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.Carriage;
import io.copperline.sip.KeepAlive;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrunkCarriageKeysTest {
    @TempDir
    Path directory;

    private ConfigFixture config;

    @BeforeEach
    void setUp() {
        config = new ConfigFixture(directory);
        for (String file : List.of("own.pem", "own.key", "carrier.pem")) {
            config.write(file, "no PEM");
        }
    }

    private static String text(String sip, String keys) {
        return ConfigFixture.good(sip + "trunks:\n  carrier:\n    server: sip.example.com\n" + keys.indent(4));
    }

    private Carriage carriage(String keys) {
        return config.read(text("", keys)).trunks().getFirst().carriage();
    }

    private void assertProblem(String expected, String sip, String keys) {
        List<String> problems = config.problems(text(sip, keys));
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains(expected), problems::toString);
    }

    @Test
    void aTrunkIsAsAllOthersWhereItSaysNothing() {
        assertEquals(Carriage.USUAL, carriage(""));
    }

    @Test
    void itsOwnAddressesAreRead() {
        Carriage carriage = carriage("bind: 10.0.0.10\nadvertise: 203.0.113.11");
        assertEquals(Optional.of("10.0.0.10"), carriage.bind());
        assertEquals(Optional.of("203.0.113.11"), carriage.advertise());
        assertEquals(Optional.of("203.0.113.11"), carriage.mediaAddress());
    }

    @Test
    void sdpKeepsToAnAddressWhereSipNamesUs() {
        Carriage carriage = carriage("bind: 10.0.0.10\nadvertise: sbc.example.com");
        assertEquals(Optional.of("sbc.example.com"), carriage.advertise());
        assertEquals(Optional.of("10.0.0.10"), carriage.mediaAddress());
        assertProblem("expected an IP address or a host name", "", "advertise: \"sbc example\"");
    }

    @Test
    void everyAddressIsNoAddress() {
        assertProblem("expected one address of this machine", "", "bind: 0.0.0.0");
    }

    @Test
    void keepingTheWayOpenIsRead() {
        assertEquals(
                KeepAlive.Kind.CRLF,
                carriage("keep-alive: crlf\nkeep-alive-interval: 30s")
                        .keepAlive()
                        .kind());
        assertProblem("keep-alive", "", "transport: tcp\nkeep-alive: stun");
        assertProblem("expected no interval beside keep-alive: off", "", "keep-alive: off\nkeep-alive-interval: 30s");
    }

    @Test
    void tlsOfItsOwnNeedsTls() {
        assertProblem("found transport udp", "", "tls-alpn: [sip/2]");
    }

    @Test
    void filesThatCannotBeUsedAreNamed() {
        String tls = "sip:\n  tls-port: 5061\n  tls: {certificate: own.pem, key: own.key}\n";
        assertProblem("expected both tls-certificate and tls-key", tls, "transport: tls\ntls-certificate: own.pem");
        assertProblem(
                "expected PEM files that can be used",
                tls,
                "transport: tls\ntls-certificate: own.pem\ntls-key: own.key\ntls-ca: carrier.pem");
    }
}
