package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Chromium with adapter.js loaded before anything else of the page; {@link FirefoxIT} does the same. All else is without it. */
class AdapterIT {
    private static final String FAR = "+13035550100";
    private static final Duration SOUND = Duration.ofSeconds(4);
    private static final String ROUND_TRIP_REPORTED = """
            async () => {
              const stats = await copperlinePhone.call.peerConnection.getStats();
              return [...stats.values()].some((s) => s.type === 'remote-inbound-rtp' && s.roundTripTime >= 0);
            }""";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void phonePageSpeaksAndHears() {
        URI address = STAGE.gateway().uri("/?user=alice");
        Tab tab = STAGE.chrome().tab(address, Resource.adapter());
        assertAdapted(tab);
        tab.call(FAR);
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        assertBothHear(tab, far, "copperlinePhone.call?.remoteStream");
        Await.until("the gateway's report of a round trip", () -> Boolean.TRUE.equals(tab.run(ROUND_TRIP_REPORTED)));
        tab.page().click("#hangup");
        tab.untilState("Call ended");
    }

    @Test
    void plainPageSpeaksAndHears() {
        GatewayProcess gateway = STAGE.gateway();
        try (OtherPage page = new OtherPage(gateway.ports())) {
            Tab tab = STAGE.chrome().tab(page.uri(), Resource.adapter());
            assertAdapted(tab);
            tab.run("how => place(...how)", List.of(gateway.origin(), Tokens.alice(), FAR));
            FarCall far = STAGE.farEnd().nextCall();
            far.answer();
            tab.until("call.peer.connectionState === 'connected'");
            assertBothHear(tab, far, "call.stream");
            assertEquals(204, tab.run("token => hangUp(token)", Tokens.alice()));
            far.await("ended REMOTE HANGUP");
        }
    }

    private static void assertAdapted(Tab tab) {
        assertEquals("chrome", tab.run("() => adapter.browserDetails.browser"));
    }

    private static void assertBothHear(Tab tab, FarCall far, String stream) {
        far.wire().play(Speech.REPLY);
        tab.startRecording(stream);
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
    }
}
