package io.copperline.gateway.it;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@link FullIceIT} shows with Chromium, with Firefox. */
class FirefoxFullIceIT {
    private static final StunServer STUN = FullIceIT.stunServer();

    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.HIDDEN, FullIceIT.settings(STUN));

    @AfterAll
    static void close() {
        STUN.close();
    }

    @Test
    void reachesTheBrowserByItsOwnChecks() {
        FullIceIT.assertReachesByItsOwnChecks(STAGE.firefoxPhone("alice"), STAGE);
    }
}
