package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** As {@link FullIceIT}: the addresses that the gateway names lead nowhere, but its own checks find GStreamer's webrtcbin. */
class GStreamerFullIceIT {
    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.HIDDEN, "ice: full");

    @Test
    void isReachedByChecksOfOurs() {
        try (GStreamer peer = GStreamer.calls(STAGE, "+13035550100", "--candidates")) {
            FarCall far = STAGE.farEnd().nextCall();
            far.answer();
            String answer = peer.await("answer").get("sdp").asText();
            assertFalse(answer.contains("a=ice-lite"), answer);
            assertFalse(answer.contains(STAGE.namespace().here() + " "), answer);
            assertTrue(answer.contains(STAGE.advertised()), answer);
            peer.awaitConnected();
            peer.assertBothHear(far);
            peer.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }
}
