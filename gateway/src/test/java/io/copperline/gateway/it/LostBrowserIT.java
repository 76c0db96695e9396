package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Browsers that go away without hanging up: the trunk is told, soon where they could say so and in time where not. */
class LostBrowserIT {
    /** RFC 7675 section 5.1: consent ends 30 s after the last check. */
    private static final Duration CONSENT = Duration.ofSeconds(30);

    /** Long before that. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    private static final String LOST = "copperline_calls_ended_total{code=\"browser-lost\"}";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void killedBrowserEndsItsCallByTheTimeOut() {
        double before = STAGE.gateway().metric(LOST);
        FarCall far;
        try (Chrome doomed = new Chrome()) {
            Tab tab = doomed.tab(STAGE.gateway(), "/?user=alice");
            far = talk(tab);
            doomed.kill();
            far.await("ended REMOTE HANGUP", CONSENT.plusSeconds(10));
        }
        assertEquals(41, far.end().orElseThrow().q850());
        Await.until("the metric tells why", () -> STAGE.gateway().metric(LOST) == before + 1);
    }

    @Test
    void closedTabEndsItsCallAtOnce() {
        Tab tab = STAGE.phone("alice");
        FarCall far = talk(tab);
        tab.page().close();
        far.await("ended REMOTE HANGUP", AT_ONCE);
    }

    @Test
    void reloadedTabEndsItsCallAtOnce() {
        Tab tab = STAGE.phone("alice");
        FarCall far = talk(tab);
        tab.page().reload();
        far.await("ended REMOTE HANGUP", AT_ONCE);
        tab.untilState("Ready to call");
    }

    @Test
    void callOutlivesItsWebSocket() {
        Tab tab = STAGE.phone("alice");
        FarCall far = talk(tab);
        tab.run("() => copperlineTest.sockets.at(-1).close()");
        tab.until("copperlineTest.sockets.length === 2 && copperlinePhone.phone.connected");
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(Duration.ofSeconds(3)));
        far.hangUp();
        tab.untilState("They hung up");
    }

    private static FarCall talk(Tab tab) {
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        tab.until("copperlinePhone.call.peerConnection.connectionState === 'connected'");
        return far;
    }
}
