package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first call: the phone page speaks with a phone. Leaves pictures of the page in {@code target/screenshots}. */
class SpeechIT {
    private static final Duration SOUND = Duration.ofSeconds(6);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void hearsItsOwnSpeechFromTheEcho() {
        Tab tab = STAGE.phone("alice");
        tab.call("+12025550100");
        tab.untilState("Talking");
        Sounds.awaitHeard(Speech.MICROPHONE, () -> tab.record(SOUND));
        tab.page().click("#hangup");
        tab.untilState("Call ended");
    }

    @Test
    void speaksAndHearsAtTheSameTime() {
        Tab tab = STAGE.phone("alice");
        screenshot(tab, "idle");
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.ring();
        tab.untilState("Ringing…");
        screenshot(tab, "ringing");
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        tab.startRecording();
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
        tab.until("document.querySelector('#quality').dataset.grade === 'good'");
        screenshot(tab, "talking");
        assertSteady(far.wire().audioPackets());
        tab.page().click("#hangup");
        tab.untilState("Call ended");
        far.await("ended REMOTE HANGUP");
    }

    @Test
    void mutedPageIsNotHeard() {
        Tab tab = STAGE.phone("alice");
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        tab.page().click("#mute");
        // What was on its way arrives; then it is quiet.
        Await.until("it is quiet", () -> Sounds.loudest(far.wire().hear(Duration.ofSeconds(1))) < 200);
        tab.page().click("#mute");
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
        far.hangUp();
        tab.untilState("They hung up");
    }

    @Test
    void holdStopsTheTrunkAloneAndSoundComesBack() {
        Tab tab = STAGE.phone("alice");
        tab.watchCalls();
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        far.hold(true);
        far.await("audio SENDONLY");
        long held = System.nanoTime();
        // Whoever holds still plays music, and it is heard; we send nothing, but for what was on its way.
        Sounds.awaitHeard(Speech.REPLY, () -> tab.record(Duration.ofSeconds(4)));
        assertTrue(far.wire().heardSince(held + 200_000_000L).length == 0, "the trunk hears us while it holds us");
        far.hold(false);
        far.await("audio SENDRECV");
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.record(Duration.ofSeconds(4)));
        far.wire().assertOneStream();
        List<String> events = tab.events();
        assertEquals(
                1, events.stream().filter(event -> event.startsWith("answered")).count());
        assertTrue(events.stream().noneMatch(event -> event.startsWith("media")), events::toString);
        far.hangUp();
        tab.untilState("They hung up");
    }

    /** One stream: one SSRC, no sequence number left out, and 20 ms in each packet and between them on the whole. */
    private static void assertSteady(List<TrunkWire.Packet> packets) {
        for (int i = 1; i < packets.size(); i++) {
            TrunkWire.Packet before = packets.get(i - 1);
            TrunkWire.Packet now = packets.get(i);
            assertEquals(before.ssrc(), now.ssrc());
            assertEquals(before.sequence() + 1 & 0xFFFF, now.sequence());
            assertEquals(before.timestamp() + 160 & 0xFFFF_FFFFL, now.timestamp());
        }
        // The first call of a new process may have to catch up what loading code took.
        List<TrunkWire.Packet> later = packets.subList(50, packets.size());
        long nanos = later.getLast().nanos() - later.getFirst().nanos();
        double millisEach = nanos / 1e6 / (later.size() - 1);
        assertTrue(Math.abs(millisEach - 20) < 0.4, () -> millisEach + " ms between packets");
    }

    private static void screenshot(Tab tab, String name) {
        tab.screenshot(Path.of("target", "screenshots", name + ".png"));
    }
}
