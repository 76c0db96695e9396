package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** GStreamer's webrtcbin, a third WebRTC stack, calls over the HTTP API and is called over the WebSocket. */
class GStreamerIT {
    private static final String ALICE = "+12025550150";
    private static final String FAR = "+13035550100";
    private static final Duration CONSENT = Duration.ofSeconds(30);
    private static final Duration SOUND = Duration.ofSeconds(5);
    private static final String DIGITS = "0123456789*#ABCD";
    /** Shorter ones it makes longer. */
    private static final int PRESS_MILLIS = 300;

    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.IPV4);

    @Test
    void speaksAndHears() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            FarCall far = talk(peer);
            assertEquals("ok", peer.await("track").get("linked").asText());
            peer.assertBothHear(far);
            peer.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }

    @Test
    void answersThePhoneAndBothHearEachOther() {
        try (GStreamer peer = GStreamer.waits(STAGE)) {
            FarCall far = STAGE.farEnd().call(ALICE);
            far.await("ringing");
            assertEquals("+13035550199", peer.awaitTold("incoming").get("from").asText());
            peer.pickUp();
            far.await("answered");
            peer.awaitConnected();
            peer.assertBothHear(far);
            peer.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }

    /** It sends no checks once it has a path. */
    @Test
    void aCallOutlivesTheTimeOfConsent() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            FarCall far = talk(peer);
            Tone.assertHeard(GStreamer.TONE_HZ, far.wire().hear(CONSENT.plusSeconds(5)));
            peer.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }

    /** It offers to be either and becomes the server of DTLS, since the answer says that we are the client. */
    @Test
    void isTheServerOfDtls() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            assertTrue(peer.await("offer").get("sdp").asText().contains("a=setup:actpass"));
            assertTrue(peer.await("answer").get("sdp").asText().contains("a=setup:active"));
            FarCall far = talk(peer);
            far.hangUp();
            far.await("ended");
        }
    }

    @Test
    void keysAreEventsOnTheWire() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            FarCall far = talk(peer);
            far.awaitVoice();
            for (int event = 0; event < DIGITS.length(); event++) {
                int pressed = event + 1;
                peer.press(event, PRESS_MILLIS);
                Await.until(
                        "key " + event + " is on the wire",
                        () -> ended(far.wire().digits()) == pressed);
            }
            List<DigitOnWire> digits = far.wire().digits();
            assertEquals(DIGITS, word(digits));
            for (DigitOnWire digit : digits) {
                assertTrue(digit.markedOnce(), () -> "marker of " + digit.digit());
                assertTrue(digit.orderly(), () -> "order of " + digit.digit());
                assertEquals(3, digit.ends(), () -> "end packets of " + digit.digit());
            }
            // It reports every 40 ms, and on a busy machine whenever its threads come to it: one press or another gets
            // longer.
            int usualMillis = digits.stream()
                    .map(DigitOnWire::durationMillis)
                    .sorted()
                    .toList()
                    .get(DIGITS.length() / 2);
            assertEquals(PRESS_MILLIS + 40, usualMillis, 80);
            peer.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }

    @Test
    void aDataChannelTellsTheCallAndTakesDigitsAndTheEnd() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR, "--channel", "copperline.events")) {
            FarCall far = talk(peer);
            peer.await("channel", word -> word.get("state").asText().equals("open"));
            peer.awaitMessage(said -> said.path("event").asText().equals("answered"));
            far.press('5');
            peer.awaitMessage(said -> isDigit(said, "5", "from-phone"));
            peer.send("{\"type\":\"digits\",\"digits\":\"19#\"}");
            peer.awaitMessage(said -> isDigit(said, "#", "to-phone"));
            Await.until(
                    "the digits are on the wire",
                    () -> word(far.wire().digits()).equals("19#"));
            peer.send("{\"type\":\"hangup\"}");
            far.await("ended REMOTE HANGUP");
            // What it was told last may be lost within it: it takes no message any more once it sees the channel close.
            peer.await("channel", word -> word.get("state").asText().equals("close"));
        }
    }

    private static boolean isDigit(JsonNode said, String digit, String direction) {
        return said.path("digit").asText().equals(digit)
                && said.path("direction").asText().equals(direction);
    }

    @Test
    void holdsAndResumesThePhone() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            FarCall far = talk(peer);
            peer.assertBothHear(far);
            peer.turn("inactive");
            far.await("audio RECVONLY");
            Await.until("it is quiet", () -> Sounds.loudest(far.wire().hear(Duration.ofSeconds(1))) < 200);
            peer.turn("sendonly");
            Await.until("it is loud", () -> Sounds.loudest(far.wire().hear(Duration.ofSeconds(1))) > 2_000);
            Sounds.awaitTone(GStreamer.TONE_HZ, () -> far.wire().hear(SOUND));
            peer.turn("sendrecv");
            far.await("audio SENDRECV");
            Sounds.awaitHeard(Speech.REPLY, () -> peer.hear(SOUND));
            Sounds.awaitTone(GStreamer.TONE_HZ, () -> far.wire().hear(SOUND));
            far.wire().assertOneStream();
            far.hangUp();
            far.await("ended");
        }
    }

    @Test
    void statisticsHoldWhatTheGatewayReports() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            FarCall far = talk(peer);
            far.wire().play(Speech.REPLY);
            JsonNode received = Await.value(
                    "packets are counted",
                    Duration.ofSeconds(15),
                    () -> Optional.of(peer.statistics("inbound-rtp"))
                            .filter(s -> s.path("packets-received").asInt() > 50));
            assertEquals(0, received.get("packets-lost").asInt(), received::toString);
            JsonNode told = Await.value(
                    "a receiver report, and a round trip that is none of seconds",
                    Duration.ofSeconds(40),
                    () -> Optional.of(peer.statistics("remote-inbound-rtp"))
                            .filter(s -> s.path("round-trip-time").asDouble() > 0
                                    && s.path("round-trip-time").asDouble() < 0.5));
            assertEquals(0, told.get("packets-lost").asInt(), told::toString);
            peer.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }

    private static FarCall talk(GStreamer peer) {
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        far.await("answered");
        peer.awaitConnected();
        return far;
    }

    private static String word(List<DigitOnWire> digits) {
        return digits.stream().map(digit -> "" + digit.digit()).collect(Collectors.joining());
    }

    private static long ended(List<DigitOnWire> digits) {
        return digits.stream().filter(digit -> digit.ends() == 3).count();
    }
}
