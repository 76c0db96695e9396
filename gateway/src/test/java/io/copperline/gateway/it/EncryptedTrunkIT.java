package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.copperline.gateway.it.Baresip.Encryption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trunk that requires SRTP, with baresip behind it. */
class EncryptedTrunkIT {
    private static final String ALICE = "+12025550150";
    private static final String PHONE = "+15055550100";
    private static final String ENCRYPTED = "SRTP is Enabled (cryptosuite=AES_CM_128_HMAC_SHA1_80)";
    private static final Duration SOUND = Duration.ofSeconds(5);

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @ParameterizedTest
    @EnumSource(names = {"OPPORTUNISTIC", "MANDATORY"})
    void speaksWithAPhoneThatItCalls(Encryption encryption) {
        Tab tab = STAGE.phone("alice");
        try (Baresip phone = Baresip.waits(STAGE, encryption, "g711")) {
            tab.call(PHONE);
            assertBothHear(tab, phone);
            phone.awaitSaid(ENCRYPTED);
            tab.page().click("#hangup");
            tab.untilState("Call ended");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPPORTUNISTIC", "MANDATORY"})
    void speaksWithAPhoneThatCalls(Encryption encryption) {
        Tab tab = STAGE.phone("alice");
        try (Baresip phone = Baresip.calls(STAGE, ALICE, encryption)) {
            Await.until("it rings", () -> tab.visible("#incoming"));
            tab.page().click("#answer");
            assertBothHear(tab, phone);
            phone.awaitSaid(ENCRYPTED);
        }
        tab.untilState("They hung up");
    }

    @Test
    void speaksWidebandWithAPhoneThatHasG722() {
        Tab tab = STAGE.phone("alice");
        try (Baresip phone = Baresip.waits(STAGE, Encryption.MANDATORY, "g722")) {
            tab.call(PHONE);
            assertBothHear(tab, phone);
            tab.page().click("#hangup");
            tab.untilState("Call ended");
        }
    }

    private static void assertBothHear(Tab tab, Baresip phone) {
        tab.untilState("Talking");
        tab.startRecording();
        phone.awaitHeard(Speech.MICROPHONE);
        Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
    }

    @Test
    void refusesAPhoneThatEncryptsNothing() {
        Tab tab = STAGE.phone("alice");
        try (Baresip phone = Baresip.calls(STAGE, ALICE, Encryption.NONE)) {
            phone.awaitSaid("488");
            assertFalse(tab.visible("#incoming"), "nobody was rung");
        }
    }
}
