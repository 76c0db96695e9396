package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A phone calls a web user. The phone is sipp, or the far end where each direction of the sound is looked at alone. */
class IncomingCallIT {
    private static final String ALICE = "+12025550150";
    private static final Duration SOUND = Duration.ofSeconds(5);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void hearsThePhoneUntilThePhoneHangsUp() {
        Tab tab = STAGE.phone("alice");
        try (Sipp sipp = Sipp.calls(STAGE, ALICE, "speaks-and-hangs-up")) {
            answer(tab, "+1 404 555 0100");
            tab.startRecording();
            Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
            tab.untilState("They hung up", Duration.ofSeconds(20));
            sipp.succeeds();
        }
    }

    @Test
    void isHeardByThePhoneUntilThePageHangsUp() {
        Tab tab = STAGE.phone("alice");
        try (Sipp sipp = Sipp.callsAndEchoes(STAGE, ALICE, "echoes-until-hung-up")) {
            answer(tab, "+1 404 555 0100");
            // What sipp sends back is what it has heard.
            Sounds.awaitHeard(Speech.MICROPHONE, () -> tab.record(SOUND));
            tab.page().click("#hangup");
            tab.untilState("Call ended");
            sipp.succeeds();
        }
    }

    @Test
    void bothHearEachOtherAtOnce() {
        Tab tab = STAGE.phone("alice");
        FarCall far = STAGE.farEnd().call(ALICE);
        far.await("ringing");
        answer(tab, "+1 303 555 0199");
        far.await("answered");
        far.wire().play(Speech.REPLY);
        tab.startRecording();
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
        far.hangUp();
        tab.untilState("They hung up");
    }

    @Test
    void declines() {
        Tab tab = STAGE.phone("alice");
        try (Sipp sipp = Sipp.calls(STAGE, ALICE, "is-declined")) {
            Await.until("it rings", () -> tab.visible("#incoming"));
            tab.page().click("#decline");
            Await.until("it rings no more", () -> !tab.visible("#incoming"));
            sipp.succeeds();
        }
    }

    @Test
    void stopsRingingWhenTheCallerGivesUp() {
        Tab tab = STAGE.phone("alice");
        try (Sipp sipp = Sipp.calls(STAGE, ALICE, "gives-up")) {
            Await.until("it rings", () -> tab.visible("#incoming"));
            Await.until("it rings no more", () -> !tab.visible("#incoming"));
            sipp.succeeds();
        }
        assertEquals("Call cancelled", tab.text("#state"));
    }

    @Test
    void ringsInAllTabsUntilOneAnswers() {
        Tab one = STAGE.phone("alice");
        Tab two = STAGE.phone("alice");
        two.run("() => copperlineTest.keepIncoming(copperlinePhone.phone)");
        FarCall far = STAGE.farEnd().call(ALICE);
        Await.until("both ring", () -> one.visible("#incoming") && two.visible("#incoming"));
        one.page().click("#answer");
        one.untilState("Talking");
        Await.until("the other rings no more", () -> !two.visible("#incoming"));
        assertEquals("answered-elsewhere", two.run("() => copperlineTest.incoming.end.code"));
        far.await("answered");
        assertFalse(two.visible("#hangup"));
        far.hangUp();
        one.untilState("They hung up");
    }

    @Test
    void findsNobodyWhereNoTabIsOpen() {
        try (Sipp sipp = Sipp.calls(STAGE, "+12025550151", "finds-nobody")) {
            sipp.succeeds();
        }
    }

    private static void answer(Tab tab, String caller) {
        Await.until("it rings", () -> tab.visible("#incoming"));
        assertEquals(caller, tab.text("#caller"));
        tab.page().click("#answer");
        tab.untilState("Talking");
    }
}
