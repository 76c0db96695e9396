package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first call: the phone page speaks with a phone. Leaves pictures of the page in {@code target/screenshots}. */
class SpeechIT {
    private static final Duration SOUND = Duration.ofSeconds(6);
    private static final long A_SECOND = Duration.ofSeconds(1).toNanos();
    private static final double PTIME_MILLIS = 20;

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
        // How good it is depends on how busy this machine is; a loopback is never bad.
        tab.until("['good', 'fair'].includes(document.querySelector('#quality').dataset.grade)");
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
        // What was on its way arrives; then it is quiet.
        Await.until(
                "the trunk hears us no more", () -> far.wire().heardSince(System.nanoTime() - A_SECOND).length == 0);
        long quiet = System.nanoTime();
        // Whoever holds still plays music, and it is heard.
        Sounds.awaitHeard(Speech.REPLY, () -> tab.record(Duration.ofSeconds(4)));
        assertEquals(0, far.wire().heardSince(quiet).length, "the trunk hears us while it holds us");
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

    /**
     * One stream: one SSRC, no sequence number left out, and 20 ms in each packet and between them on the whole. A busy machine
     * may bring a packet late, but none too early: each half is measured by its most punctual one.
     */
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
        int half = later.size() / 2;
        double drift = delayMillis(later, half, later.size()) - delayMillis(later, 0, half);
        assertTrue(Math.abs(drift) < 0.02 * PTIME_MILLIS * half, () -> drift + " ms later after " + half + " packets");
    }

    /** The least by which one of these packets is behind its time, which is counted from the first of all. */
    private static double delayMillis(List<TrunkWire.Packet> packets, int from, int to) {
        return IntStream.range(from, to)
                .mapToDouble(i -> packets.get(i).nanos() / 1e6 - PTIME_MILLIS * i)
                .min()
                .orElseThrow();
    }

    private static void screenshot(Tab tab, String name) {
        tab.screenshot(Path.of("target", "screenshots", name + ".png"));
    }
}
