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
        Baresip phone = Baresip.waits(STAGE, encryption, "g711");
        try (phone) {
            tab.call(PHONE);
            tab.untilState("Talking");
            Sounds.assertHeard(Speech.REPLY, tab.record(SOUND));
            phone.awaitSaid(ENCRYPTED);
            tab.page().click("#hangup");
            tab.untilState("Call ended");
        }
        Sounds.assertHeard(Speech.MICROPHONE, phone.heard());
    }

    @ParameterizedTest
    @EnumSource(names = {"OPPORTUNISTIC", "MANDATORY"})
    void speaksWithAPhoneThatCalls(Encryption encryption) {
        Tab tab = STAGE.phone("alice");
        Baresip phone = Baresip.calls(STAGE, ALICE, encryption);
        try (phone) {
            Await.until("it rings", () -> tab.visible("#incoming"));
            tab.page().click("#answer");
            tab.untilState("Talking");
            Sounds.assertHeard(Speech.REPLY, tab.record(SOUND));
            phone.awaitSaid(ENCRYPTED);
        }
        tab.untilState("They hung up");
        Sounds.assertHeard(Speech.MICROPHONE, phone.heard());
    }

    @Test
    void speaksWidebandWithAPhoneThatHasG722() {
        Tab tab = STAGE.phone("alice");
        Baresip phone = Baresip.waits(STAGE, Encryption.MANDATORY, "g722");
        try (phone) {
            tab.call(PHONE);
            tab.untilState("Talking");
            Sounds.assertHeard(Speech.REPLY, tab.record(SOUND));
            tab.page().click("#hangup");
            tab.untilState("Call ended");
        }
        Sounds.assertHeard(Speech.MICROPHONE, everySecond(phone.heard()));
    }

    /** At 8 kHz: speech of 8 kHz went in, so that nothing is above 4 kHz. */
    private static short[] everySecond(short[] wide) {
        short[] narrow = new short[wide.length / 2];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = wide[2 * i];
        }
        return narrow;
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
