package io.copperline.gateway.it;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The browser takes its call to another path: ICE restarts, and neither side of the call notices. */
class NetworkChangeIT {
    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void restartsIceAndGoesOnTalking() {
        Talk talk = Talk.place(STAGE.phone("alice"), STAGE.farEnd());
        talk.restartIce();
        talk.assertBothHear();
        talk.far().wire().assertOneStream();
        talk.hangUpByPhone();
    }
}
