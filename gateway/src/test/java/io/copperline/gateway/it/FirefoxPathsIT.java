package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Firefox in a network that lets no UDP through, from the start or in the middle of a call, and in one that changes. */
class FirefoxPathsIT {
    /** A browser gives up a path some seconds after its last answer. */
    private static final Duration PATH = Duration.ofSeconds(30);

    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.IPV4);

    @AfterEach
    void letUdpThrough() {
        STAGE.namespace().letUdpThrough();
    }

    private static Talk talk() {
        return Talk.place(STAGE.firefoxPhone("alice"), STAGE.farEnd());
    }

    @Test
    void restartsIceAndGoesOnTalking() {
        Talk talk = talk();
        talk.restartIce();
        talk.assertBothHear();
        talk.far().wire().assertOneStream();
        talk.hangUpByPhone();
    }

    @Test
    void talksOverTcpAloneAndRestartsThere() {
        STAGE.namespace().dropUdp();
        Talk talk = talk();
        assertEquals("tcp", talk.remote("protocol"));
        talk.assertBothHear();
        talk.restartIce();
        assertEquals("tcp", talk.remote("protocol"));
        talk.assertBothHear();
        talk.hangUpByPage();
    }

    @Test
    void goesFromUdpToTcpInTheMiddleOfACall() {
        Talk talk = talk();
        assertEquals("udp", talk.remote("protocol"));
        STAGE.namespace().dropUdp();
        talk.awaitRemote("protocol", "tcp", PATH);
        talk.assertBothHear();
        talk.hangUpByPhone();
    }
}
