package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Firefox, a WebRTC stack of another make, calls and is called. Its microphone hears a tone. */
class FirefoxIT {
    private static final String ALICE = "+12025550150";
    private static final String FAR = "+13035550100";
    private static final Duration SOUND = Duration.ofSeconds(5);
    private static final String ALL_DIGITS = "0123456789*#ABCD";
    private static final int TOLERANCE_MILLIS = 20;

    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.IPV4);

    @Test
    void plainPageSpeaksAndHears() {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            FirefoxTab tab = STAGE.firefox().tab(apart(page, "/"));
            FarCall far = place(tab);
            tab.run("() => call.peer.getSenders()[0].dtmf.insertDTMF('7', 100)");
            tab.until(happened("dtmf"));
            assertEquals(204, tab.run("token => hangUp(token)", Tokens.alice()));
            tab.until(happened("ended"));
            far.await("ended REMOTE HANGUP");
        }
    }

    @Test
    void plainPageWithAdapterSpeaksAndHears() {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            FirefoxTab tab = STAGE.firefox().tab(apart(page, "/"), Resource.adapter());
            assertEquals("firefox", tab.run("() => adapter.browserDetails.browser"));
            FarCall far = place(tab);
            far.hangUp();
            tab.until(happened("ended"));
        }
    }

    @Test
    void phonePageWithAdapterCalls() {
        FirefoxTab tab = phone(Resource.adapter());
        FarCall far = talk(tab);
        tab.awaitMicrophone(() -> far.wire().hear(SOUND));
        far.hangUp();
        tab.untilState("They hung up");
    }

    @Test
    void sixteenKeysAreSixteenEventsOnTheWire() {
        FirefoxTab tab = phone();
        FarCall far = talk(tab);
        far.awaitVoice();
        press(tab, ALL_DIGITS, 100);
        List<DigitOnWire> digits = digits(far, ALL_DIGITS.length());
        assertEquals(ALL_DIGITS, word(digits));
        for (DigitOnWire digit : digits) {
            assertTrue(digit.markedOnce(), () -> "marker of " + digit.digit());
            assertTrue(digit.orderly(), () -> "order of " + digit.digit());
            assertEquals(3, digit.ends(), () -> "end packets of " + digit.digit());
            assertEquals(100, digit.durationMillis(), TOLERANCE_MILLIS, () -> "duration of " + digit.digit());
        }
        tab.click("#hangup");
        far.await("ended REMOTE HANGUP");
    }

    /**
     * Firefox says how long a press is in steps of 120 ms, so it may be that much longer than what was asked for. On a busy machine
     * it comes late with them, and what is a step too late counts no more.
     */
    @Test
    void longTonesStayLong() {
        FirefoxTab tab = phone();
        FarCall far = talk(tab);
        far.awaitVoice();
        press(tab, "5#", 500);
        List<DigitOnWire> digits = digits(far, 2);
        assertEquals("5#", word(digits));
        for (DigitOnWire digit : digits) {
            assertEquals(500, digit.durationMillis(), 160, () -> "duration of " + digit.digit());
            assertTrue(digit.orderly(), () -> "order of " + digit.digit());
        }
        tab.click("#hangup");
        far.await("ended REMOTE HANGUP");
    }

    @Test
    void answersThePhoneAndBothHearEachOther() {
        FirefoxTab tab = phone();
        FarCall far = STAGE.farEnd().call(ALICE);
        far.await("ringing");
        Await.until("it rings", () -> tab.visible("#incoming"));
        assertEquals("+1 303 555 0199", tab.text("#caller"));
        tab.screenshot(Path.of("target", "screenshots", "firefox-incoming.png"));
        tab.click("#answer");
        tab.untilState("Talking");
        far.await("answered");
        assertBothHear(tab, far, "copperlinePhone.call.remoteStream");
        far.hangUp();
        tab.untilState("They hung up");
    }

    @Test
    void holdsAndResumesThePhone() {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            FirefoxTab tab = STAGE.firefox().tab(apart(page, "/"));
            FarCall far = place(tab);
            assertEquals("taken", turn(tab, "inactive"));
            far.await("audio RECVONLY");
            Await.until("it is quiet", () -> Sounds.loudest(far.wire().hear(Duration.ofSeconds(1))) < 200);
            assertEquals("taken", turn(tab, "sendrecv"));
            assertBothHear(tab, far, "call.stream");
            far.wire().assertOneStream();
            far.hangUp();
            tab.until(happened("ended"));
        }
    }

    @Test
    void aDataChannelTellsTheCallAndTakesDigitsAndTheEnd() {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            FirefoxTab tab = STAGE.firefox().tab(apart(page, "/#channel"));
            FarCall far = place(tab);
            tab.until("call.channel.readyState === 'open'");
            tab.until("call.said.some((said) => said.event === 'answered')");
            tab.run("() => call.channel.send('{\"type\":\"digits\",\"digits\":\"19#\"}')");
            assertEquals("19#", word(digits(far, 3)));
            tab.until("call.said.filter((said) => said.event === 'dtmf').length === 3");
            tab.run("() => call.channel.send('{\"type\":\"hangup\"}')");
            far.await("ended REMOTE HANGUP");
            tab.until("call.said.at(-1).event === 'ended' && call.said.at(-1).code === 'hangup'");
            tab.until("call.channel.readyState === 'closed'");
        }
    }

    /** Both ends' reports arrive: round trip, loss and jitter of what it sends, and what the gateway says of its own stream. */
    @Test
    void statisticsHoldWhatTheGatewayReports() {
        FirefoxTab tab = phone();
        FarCall far = talk(tab);
        JsonNode sent = Await.value(
                "a round trip that is none of seconds, as it were if the time between two reports were not taken off",
                Duration.ofSeconds(40),
                () -> Optional.of(statistic(tab, "remote-inbound-rtp"))
                        .filter(s -> s.path("roundTripTime").asDouble(60) < 0.5));
        assertEquals(0, sent.get("packetsLost").asInt(), sent::toString);
        assertTrue(sent.get("packetsReceived").asInt() > 0, sent::toString);
        Await.until(
                "what the gateway has sent, by its own report",
                () -> statistic(tab, "remote-outbound-rtp").path("packetsSent").asInt() > 0);
        tab.until("document.querySelector('#quality').dataset.grade === 'good'");
        tab.screenshot(Path.of("target", "screenshots", "firefox-talking.png"));
        far.hangUp();
        tab.untilState("They hung up");
    }

    private static URI apart(OtherPage page, String path) {
        return STAGE.apart(page.uri().getPort(), path);
    }

    /** A call of a page without our library, in which both sides hear each other. */
    private static FarCall place(FirefoxTab tab) {
        tab.run("how => place(...how)", List.of(origin(), Tokens.alice(), FAR));
        assertEquals(201, tab.run("() => call.status"));
        FarCall far = STAGE.farEnd().nextCall();
        far.ring();
        tab.until(happened("ringing"));
        far.answer();
        tab.until(happened("answered"));
        tab.until("call.peer.connectionState === 'connected'");
        assertBothHear(tab, far, "call.stream");
        return far;
    }

    private static String origin() {
        return STAGE.apart(STAGE.gateway().ports().http(), "").toString();
    }

    private static String happened(String name) {
        return "call.events.some((event) => event.name === '" + name + "')";
    }

    private static FirefoxTab phone(String... scripts) {
        return STAGE.firefoxPhone("alice", scripts);
    }

    private static FarCall talk(FirefoxTab tab) {
        return Talk.place(tab, STAGE.farEnd()).far();
    }

    private static void assertBothHear(FirefoxTab tab, FarCall far, String stream) {
        far.wire().play(Speech.REPLY);
        tab.startRecording(stream);
        tab.awaitMicrophone(() -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
    }

    /** Offers another direction of the voice; what the gateway answers. */
    private static Object turn(FirefoxTab tab, String direction) {
        return tab.run("way => renegotiate((peer) => (peer.getTransceivers()[0].direction = way))", direction);
    }

    private static void press(FirefoxTab tab, String digits, int millis) {
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        tab.run(
                "([digits, millis]) => copperlineTest.sender(copperlinePhone.call).insertDTMF(digits, millis, 70)",
                List.of(digits, millis));
    }

    private static List<DigitOnWire> digits(FarCall far, int count) {
        Await.until("all digits on the wire", Duration.ofSeconds(15), () -> {
            List<DigitOnWire> seen = far.wire().digits();
            return seen.size() >= count && seen.getLast().ends() >= 3;
        });
        return far.wire().digits();
    }

    private static String word(List<DigitOnWire> digits) {
        return digits.stream().map(digit -> "" + digit.digit()).collect(Collectors.joining());
    }

    private static JsonNode statistic(FirefoxTab tab, String type) {
        return BiDi.JSON.valueToTree(tab.run(
                "async type => [...(await copperlinePhone.call.peerConnection.getStats()).values()]"
                        + ".find((s) => s.type === type)",
                type));
    }
}
