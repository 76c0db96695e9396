package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Firefox and GStreamer reach the gateway over IPv6 and talk with a trunk on IPv4. */
class PeersOverIpv6IT {
    private static final String FAR = "+13035550100";

    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.IPV6);

    @Test
    void firefoxTalks() {
        Talk talk = Talk.place(STAGE.firefoxPhone("alice"), STAGE.farEnd());
        talk.assertBothHear();
        assertEquals(
                STAGE.namespace().here6(), talk.remote("address").toString().replaceAll("[\\[\\]]", ""));
        talk.hangUpByPage();
    }

    @Test
    void gstreamerTalks() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            FarCall far = STAGE.farEnd().nextCall();
            far.answer();
            peer.awaitConnected();
            peer.assertBothHear(far);
            peer.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }
}
