package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Voice and data channel of one call, on one transport or on two, as the page's policy and its offer have it. */
class BundleIT {
    private static final Duration SOUND = Duration.ofSeconds(3);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    /** Without the group in its offer the page is a client from before BUNDLE, and Chromium really takes two transports. */
    @ParameterizedTest
    @CsvSource({
        "max-bundle, true, 1",
        "balanced, true, 1",
        "max-compat, true, 1",
        "balanced, false, 2",
        "max-compat, false, 2"
    })
    void voiceAndDataFindTheirWay(String policy, boolean bundle, int transports) {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            Tab tab = STAGE.chrome().tab(page.uri().resolve("/#channel"));
            FarCall far = OtherPage.talk(
                    STAGE, tab, Map.of("bundlePolicy", policy, "replace", bundle ? "" : "a=group:BUNDLE.*\r\n"));
            tab.until("call.channel.readyState === 'open'");
            tab.until("call.said.some((said) => said.event === 'answered')");
            assertEquals(
                    Collections.nCopies(transports, "connected"),
                    tab.run("async () => [...(await call.peer.getStats()).values()]"
                            + ".filter(({ type }) => type === 'transport').map(({ dtlsState }) => dtlsState)"));
            tab.startRecording("call.stream");
            Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
            Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
            tab.run("() => call.channel.send('{\"type\":\"hangup\"}')");
            far.await("ended REMOTE HANGUP");
        }
    }
}
