package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a page changes in the middle of a call, and what it hears and asks on a data channel of it. */
class RenegotiationIT {
    private static final Duration SOUND = Duration.ofSeconds(4);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void aPageHoldsAndResumesThePhone() {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            Tab tab = STAGE.chrome().tab(page.uri());
            FarCall far = OtherPage.talk(STAGE, tab, Map.of());
            assertEquals(
                    "taken",
                    tab.run("() => renegotiate((peer) => (peer.getTransceivers()[0].direction = 'inactive'))"));
            far.await("audio RECVONLY");
            Await.until("it is quiet", () -> Sounds.loudest(far.wire().hear(Duration.ofSeconds(1))) < 200);
            assertEquals(
                    "taken",
                    tab.run("() => renegotiate((peer) => (peer.getTransceivers()[0].direction = 'sendrecv'))"));
            far.await("audio SENDRECV");
            Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
            tab.startRecording("call.stream");
            Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
            far.wire().assertOneStream();
            far.hangUp();
            tab.until("call.events.some((event) => event.name === 'ended')");
        }
    }

    @Test
    void theVoiceFollowsATrackThatIsTakenAwayAndAddedAgain() {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            Tab tab = STAGE.chrome().tab(page.uri());
            FarCall far = OtherPage.talk(STAGE, tab, Map.of());
            // A section of its own for the new track, and one of video, which is refused without an error.
            assertEquals(
                    "taken taken refused",
                    tab.run("() => renegotiate((peer) => {"
                            + " peer.removeTrack(peer.getSenders()[0]);"
                            + " peer.addTransceiver(call.microphone.getTracks()[0].clone(), { direction: 'sendonly' });"
                            + " peer.addTransceiver('video', { direction: 'recvonly' }); })"));
            tab.startRecording("call.stream");
            Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
            Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
            // The same over again, by a full offer with new ICE credentials.
            assertEquals("taken taken refused", tab.run("() => renegotiate((peer) => peer.restartIce())"));
            tab.until("call.peer.iceConnectionState === 'connected'");
            Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
            far.wire().assertOneStream();
            tab.run("token => hangUp(token)", Tokens.alice());
            far.await("ended REMOTE HANGUP");
        }
    }

    @Test
    void aDataChannelTellsTheCallAndTakesDigitsAndTheEnd() {
        try (OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            Tab tab = STAGE.chrome().tab(page.uri().resolve("/#channel"));
            FarCall far = OtherPage.talk(STAGE, tab, Map.of());
            tab.until("call.channel.readyState === 'open'");
            tab.until("call.said.some((said) => said.event === 'answered')");
            assertEquals(1, tab.run("() => call.said[0].number"));
            tab.run("() => call.channel.send('{\"type\":\"digits\",\"digits\":\"19#\",\"durationMillis\":120}')");
            tab.until("call.said.filter((said) => said.event === 'dtmf').length === 3");
            Await.until("all digits have come", () -> far.wire().digits().size() == 3);
            tab.run("() => call.channel.send('{\"type\":\"dance\"}')");
            tab.until("call.said.some((said) => said.type === 'error' && said.code === 'bad-message')");
            tab.run("() => call.channel.send('{\"type\":\"hangup\"}')");
            far.await("ended REMOTE HANGUP");
            tab.until("call.said.at(-1).event === 'ended' && call.said.at(-1).code === 'hangup'");
            tab.until("call.channel.readyState === 'closed'");
        }
    }

    @Test
    void thePhonePageHearsOfItsCallBesideTheVoiceAndHolds() {
        Tab tab = STAGE.phone("alice");
        tab.watchCalls();
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        tab.run("() => copperlinePhone.call.hold()");
        Await.until("it is quiet", () -> Sounds.loudest(far.wire().hear(Duration.ofSeconds(1))) < 200);
        assertEquals(true, tab.run("() => copperlinePhone.call.held"));
        tab.run("() => copperlinePhone.call.hold(false)");
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.record(SOUND));
        // A browser that plays no digits asks the gateway to.
        tab.run("() => Object.defineProperty(RTCRtpSender.prototype, 'dtmf', { get: () => null })");
        assertEquals("12", tab.run("() => copperlinePhone.call.sendDigits('12')"));
        Await.until("both digits are there", () -> far.wire().digits().size() == 2);
        far.hangUp();
        tab.untilState("They hung up");
        List<String> events = tab.events();
        for (String once : List.of("trying", "answered", "ended")) {
            assertEquals(
                    1, events.stream().filter(event -> event.startsWith(once)).count(), events::toString);
        }
        assertTrue(events.stream().noneMatch(event -> event.contains("no-audio")), events::toString);
    }
}
