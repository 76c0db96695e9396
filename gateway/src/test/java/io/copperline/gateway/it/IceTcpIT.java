package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A browser whose network blocks UDP, from the start or in the middle of a call: sound takes the TCP connection. */
class IceTcpIT {
    /** A browser gives up a path some seconds after its last answer. */
    private static final Duration PATH = Duration.ofSeconds(25);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private Tab tab;

    @BeforeEach
    void open() {
        tab = STAGE.phone("alice");
    }

    @Test
    void talksOverTcpAloneAndRestartsThere() {
        UdpRelay.redirect(tab, Map.of());
        Talk talk = Talk.place(tab, STAGE.farEnd());
        assertEquals("tcp", talk.remote("protocol"));
        assertTrue(STAGE.gateway().ledger().get("tcp-connections") > 0);
        talk.assertBothHear();
        talk.restartIce();
        assertEquals("tcp", talk.remote("protocol"));
        talk.assertBothHear();
        talk.hangUpByPage();
    }

    @Test
    void goesFromUdpToTcpAndBackInTheMiddleOfACall() {
        int port = STAGE.gateway().ports().browserUdp();
        try (UdpRelay first = new UdpRelay(port);
                UdpRelay second = new UdpRelay(port + 1)) {
            UdpRelay.redirect(tab, Map.of(port, first, port + 1, second));
            Talk talk = Talk.place(tab, STAGE.farEnd());
            talk.awaitRemote("protocol", "udp", PATH); // TCP may be sooner
            first.block(true);
            second.block(true);
            talk.awaitRemote("protocol", "tcp", PATH);
            talk.assertBothHear();
            first.block(false);
            second.block(false);
            talk.awaitRemote("protocol", "udp", PATH);
            talk.assertBothHear();
            talk.hangUpByPhone();
        }
    }
}
