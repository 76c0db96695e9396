package io.copperline.gateway.it;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Firefox reaches the gateway by a TURN server alone, with what the gateway hands out for it. */
class FirefoxTurnIT {
    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.IPV4).withCoturn();

    @AfterEach
    void letUdpThrough() {
        STAGE.namespace().letUdpThrough();
    }

    @Test
    void talksAcrossCoturn() {
        assertTalksAcrossCoturn("udp", "udp");
    }

    @Test
    void talksAcrossCoturnByTcpWhereUdpIsDropped() {
        STAGE.namespace().dropUdp();
        assertTalksAcrossCoturn("", "tcp");
    }

    private static void assertTalksAcrossCoturn(String end, String protocol) {
        FirefoxTab tab = STAGE.firefoxPhone("alice");
        tab.relayOnly(end);
        Talk talk = Talk.place(tab, STAGE.farEnd());
        talk.assertRelayed(protocol, STAGE.coturn());
        talk.hangUpByPage();
    }
}
