package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.G711;
import io.copperline.gateway.lab.LabCarrier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each number of the lab carrier does in the page what its description says, over real SIP and RTP. */
class LabNumbersIT {
    private static final String LAB = "+12025550";
    private static final Duration SOUND = Duration.ofSeconds(4);

    /** From the first sound on, however late it is looked at. */
    private static final String RECORD_EARLY = """
            () => copperlinePhone.phone.on('outgoing', (call) =>
              call.on('early-media', () => copperlineTest.record(call.remoteStream)))""";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void readsDigitsBack() {
        Tab tab = talkTo("101");
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        tab.run("() => copperlineTest.sender(copperlinePhone.call).insertDTMF('0123456789*#ABCD', 100, 70)");
        Await.until(
                "all digits are back",
                Duration.ofSeconds(30),
                () -> tab.text("#digits-from-phone").equals("0123456789*#ABCD"));
        List<String> events = tab.events();
        assertEquals(
                16,
                events.stream().filter(e -> e.contains("direction=from-phone")).count());
        assertEquals(
                16,
                events.stream().filter(e -> e.contains("direction=to-phone")).count());
        assertTrue(events.stream().filter(e -> e.startsWith("dtmf ")).allMatch(e -> e.contains("via=rfc4733")));
        hangUp(tab);
    }

    @Test
    void playsSpeech() {
        Tab tab = talkTo("102");
        Sounds.awaitHeard(labSpeech(), () -> tab.record(SOUND));
        hangUp(tab);
    }

    @Test
    void isBusy() {
        Tab tab = dial("103");
        tab.untilState("Busy");
        assertEnded(tab, "code=busy sipStatus=486 q850=17 by=trunk");
    }

    @Test
    void isNotAnsweredAndCancelled() {
        Tab tab = dial("104");
        tab.untilState("Ringing…");
        tab.page().click("#hangup");
        tab.untilState("Call cancelled");
        // That the carrier was told is what brings the lab's calls back to none.
        Await.until("the carrier's call is over", () -> STAGE.gateway().ledger().get("lab-calls") == 0);
    }

    /** In one call or another: a busy machine's browser may be connected only when the early media are over. */
    @Test
    void isHeardBeforeItAnswers() {
        Sounds.awaitHeard(labSpeech(), LabNumbersIT::earlyMedia);
    }

    private static short[] earlyMedia() {
        Tab tab = STAGE.phone("alice");
        tab.run(RECORD_EARLY);
        dial(tab, "105");
        tab.untilState("Talking");
        short[] heard = tab.recorded(Duration.ofSeconds(2));
        double before = (double) tab.run("() => copperlineTest.answeredAfterSeconds");
        List<String> events = tab.events();
        assertTrue(indexOf(events, "early-media") < indexOf(events, "answered"), events::toString);
        hangUp(tab);
        return Arrays.copyOf(heard, (int) (before * 8_000));
    }

    @Test
    void callsBack() {
        Tab tab = talkTo("106");
        hangUp(tab);
        Await.until("it calls back", () -> tab.visible("#incoming"));
        assertEquals("+1 202 555 0106", tab.text("#caller"));
        tab.page().click("#answer");
        tab.untilState("Talking");
        Sounds.awaitHeard(labSpeech(), () -> tab.record(SOUND));
        hangUp(tab);
    }

    @Test
    void holdsAndResumes() {
        Tab tab = talkTo("107");
        tab.record(Duration.ofSeconds(6)); // the hold, and its end
        Sounds.awaitHeard(labSpeech(), () -> tab.recorded(Duration.ofSeconds(3)));
        assertEquals("Talking", tab.text("#state"));
        assertFalse(tab.events().stream().anyMatch(event -> event.contains("no-audio")), "hold is no trouble");
        hangUp(tab);
    }

    @Test
    void declines() {
        Tab tab = dial("108");
        tab.untilState("Declined");
        assertEnded(tab, "code=declined sipStatus=603 q850=21 by=trunk");
    }

    @Test
    void hangsUp() {
        Tab tab = dial("109");
        tab.untilState("They hung up");
        assertTrue(indexOf(tab.events(), "answered") >= 0);
        assertEnded(tab, "code=hangup sipStatus=0 q850=16 by=trunk");
    }

    @Test
    void knowsNoSuchNumber() {
        Tab tab = dial("123");
        tab.untilState("No such number");
        assertTrue(tab.events().getLast().contains("code=number-not-found sipStatus=404"));
    }

    @Test
    void explainsThatThereIsNoRoute() {
        Tab tab = STAGE.phone("alice");
        tab.call("+442079460000");
        tab.until("document.querySelector('#error').dataset.code === 'no-route'");
        assertTrue(tab.text("#error").contains("+1202555"), () -> tab.text("#error"));
        tab.dial("12");
        tab.until("document.querySelector('#error').dataset.code === 'bad-number'");
    }

    @Test
    void twoTabsPhoneEachOther() {
        Tab alice = STAGE.phone("alice");
        Tab bob = STAGE.phone("bob");
        alice.call("+12025550151");
        Await.until("bob's page rings", () -> bob.visible("#incoming"));
        assertEquals("+1 202 555 0150", bob.text("#caller"));
        alice.untilState("Ringing…");
        bob.page().click("#answer");
        alice.untilState("Talking");
        bob.untilState("Talking");
        alice.startRecording();
        Sounds.awaitHeard(Speech.MICROPHONE, () -> bob.record(SOUND));
        Sounds.awaitHeard(Speech.MICROPHONE, () -> alice.recorded(SOUND));
        bob.page().click("#hangup");
        alice.untilState("They hung up");
    }

    private static Tab dial(String lastThree) {
        Tab tab = STAGE.phone("alice");
        dial(tab, lastThree);
        return tab;
    }

    private static void dial(Tab tab, String lastThree) {
        tab.watchCalls();
        tab.call(LAB + lastThree);
    }

    private static Tab talkTo(String lastThree) {
        Tab tab = dial(lastThree);
        tab.untilState("Talking");
        return tab;
    }

    private static void hangUp(Tab tab) {
        tab.page().click("#hangup");
        tab.untilState("Call ended");
    }

    private static int indexOf(List<String> events, String name) {
        return events.indexOf(
                events.stream().filter(e -> e.startsWith(name)).findFirst().orElseThrow());
    }

    private static void assertEnded(Tab tab, String details) {
        String last = tab.events().getLast();
        assertTrue(last.startsWith("ended ") && last.contains(details), last);
    }

    private static short[] labSpeech() {
        try (InputStream in = LabCarrier.class.getResourceAsStream("speech.ulaw")) {
            byte[] bytes = in.readAllBytes();
            short[] pcm = new short[bytes.length];
            G711.decodeMu(bytes, 0, bytes.length, pcm, 0);
            return pcm;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
