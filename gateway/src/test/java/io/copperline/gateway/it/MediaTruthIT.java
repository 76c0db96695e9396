package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong with the sound is said, of the right side, and nothing is said where nothing is wrong. */
class MediaTruthIT {
    /** Three times the 10 s that the gateway waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The 16 s that the gateway waits, and the browser's next report; and as long again. */
    private static final Duration DEAF = Duration.ofSeconds(50);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void aMutedBrowserIsToldOfAndItsPageStaysCalm() {
        Tab tab = STAGE.phone("alice");
        tab.watchCalls();
        tab.call("+12025550102");
        tab.untilState("Talking");
        tab.page().click("#mute");
        Await.until("silence is told", PATIENCE, () -> media(tab).stream().anyMatch(e -> e.contains("code=silence")));
        assertEquals(1, silences(tab), () -> media(tab).toString());
        assertEquals("", tab.text("#notice"), "whoever muted knows");
        tab.page().click("#mute");
        Await.until("sound is told", PATIENCE, () -> media(tab).getLast().contains("code=recovered"));
        assertEquals(1, silences(tab), () -> media(tab).toString());
        tab.page().click("#hangup");
        tab.untilState("Call ended");
    }

    @Test
    void aBrowserThatNeverGetsThroughIsToldOfBeforeTheCallFails() {
        Tab tab = STAGE.chrome().tab(STAGE.gateway(), "/icon.svg");
        String offer = (String) tab.run("async () => {"
                + " const peer = new RTCPeerConnection(); peer.addTransceiver('audio');"
                + " return (await peer.createOffer()).sdp; }");
        HttpResponse<String> placed = STAGE.gateway()
                .send(request("/v1/calls?to=%2B12025550104")
                        .header("Content-Type", "application/sdp")
                        .POST(BodyPublishers.ofString(offer)));
        assertEquals(201, placed.statusCode(), placed::body);
        String path = placed.headers().firstValue("Location").orElseThrow();
        // The stream ends with the call: 15 s after the answer.
        String story = STAGE.gateway().send(request(path + "/events").GET()).body();
        int told = story.indexOf("\"code\":\"no-checks\",\"side\":\"browser\",\"since\":\"");
        assertTrue(told > 0, story);
        assertTrue(
                story.indexOf("\"remedy\":\"Your network does not let this browser reach the gateway.") > told, story);
        assertTrue(story.indexOf("\"code\":\"browser-unreachable\"") > told, story);
        assertFalse(story.contains("\"code\":\"no-audio\""), story);
    }

    @Test
    void aBrowserThatOurSoundDoesNotReachIsToldOfUntilItDoes() {
        Tab tab = STAGE.phone("alice");
        tab.watchCalls();
        int port = STAGE.gateway().ports().browserUdp();
        try (UdpRelay first = new UdpRelay(port);
                UdpRelay second = new UdpRelay(port + 1)) {
            UdpRelay.redirect(tab, Map.of(port, first, port + 1, second));
            first.silence(true);
            second.silence(true);
            tab.call("+12025550102");
            tab.untilState("Talking");
            Await.until("it is told", DEAF, () -> media(tab).stream().anyMatch(e -> e.contains("code=not-heard")));
            first.silence(false);
            second.silence(false);
            Await.until("recovery is told", DEAF, () -> media(tab).getLast().contains("code=recovered"));
            tab.page().click("#hangup");
            tab.untilState("Call ended");
        }
    }

    private static long silences(Tab tab) {
        List<String> silences =
                media(tab).stream().filter(e -> e.contains("code=silence")).toList();
        assertTrue(silences.stream().allMatch(e -> e.contains("side=browser")), silences::toString);
        return silences.size();
    }

    private static List<String> media(Tab tab) {
        return tab.events().stream().filter(event -> event.startsWith("media")).toList();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(STAGE.gateway().uri(path)).header("Authorization", "Bearer " + Tokens.alice());
    }
}
