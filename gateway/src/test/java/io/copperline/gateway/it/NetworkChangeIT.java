package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The browser takes its call to another path: ICE restarts, and neither side of the call notices. */
class NetworkChangeIT {
    private static final Duration SOUND = Duration.ofSeconds(6);
    private static final String UFRAG =
            "copperlinePhone.call.peerConnection.remoteDescription.sdp.match(/ice-ufrag:(.*)/)[1]";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void restartsIceAndGoesOnTalking() {
        Tab tab = STAGE.phone("alice");
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        Object before = tab.page().evaluate("() => " + UFRAG);
        // What a browser says when its machine has another network.
        tab.page().evaluate("() => { dispatchEvent(new Event('online')); }");
        tab.until(UFRAG + " !== '" + before + "'");
        tab.until("copperlinePhone.call.peerConnection.connectionState === 'connected'");
        assertNotEquals(before, tab.page().evaluate("() => " + UFRAG));
        Sounds.assertHeard(Speech.MICROPHONE, far.wire().hear(SOUND));
        Sounds.assertHeard(Speech.REPLY, tab.record(SOUND));
        far.wire().assertOneStream();
        far.hangUp();
        tab.untilState("They hung up");
    }
}
