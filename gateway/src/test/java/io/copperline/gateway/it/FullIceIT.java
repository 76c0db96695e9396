package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway as if behind a NAT: the addresses that it names lead nowhere, but its own checks find the browser. */
class FullIceIT {
    private static final int NOBODYS_PORT = 9;
    private static final String SDP = "copperlinePhone.call.peerConnection.remoteDescription.sdp";

    private static final StunServer STUN = stunServer();

    @RegisterExtension
    static final Stage STAGE = new Stage(Family.HIDDEN, settings(STUN));

    /** It tells the gateway of an address that leads nowhere, too. */
    static StunServer stunServer() {
        return new StunServer(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), NOBODYS_PORT));
    }

    static String settings(StunServer stun) {
        return "ice: full\n  stun-servers: [\"" + stun.uri() + "\"]";
    }

    @AfterAll
    static void close() {
        STUN.close();
    }

    @Test
    void reachesTheBrowserByItsOwnChecks() {
        assertReachesByItsOwnChecks(STAGE.phone("alice"), STAGE);
    }

    static void assertReachesByItsOwnChecks(TestTab tab, Stage stage) {
        Talk talk = Talk.place(tab, stage.farEnd());
        assertEquals("prflx", talk.remote("candidateType"));
        String sdp = (String) tab.run("() => " + SDP);
        assertTrue(sdp.contains(" 127.0.0.1 9 typ srflx raddr " + stage.advertised() + " rport "), sdp);
        assertTrue(!sdp.contains("a=ice-lite"), sdp);
        talk.assertBothHear();
        talk.restartIce();
        talk.assertBothHear();
        talk.hangUpByPage();
    }
}
