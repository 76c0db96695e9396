package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.CarrierHabits;
import io.copperline.config.ConfigProblems;
import io.copperline.config.HabitsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InsistenceTest {
    private static final String SECURE = Requests.OFFER.replace("RTP/AVP", "RTP/SAVP")
            + "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n";

    @TempDir
    Path directory;

    private CarrierHabits habits(String yaml) {
        try {
            return HabitsReader.read(Files.writeString(directory.resolve("own.yaml"), yaml), Map.of());
        } catch (IOException | ConfigProblems e) {
            throw new AssertionError(e);
        }
    }

    private List<String> found(String yaml, Requests invite) {
        return new Insistence(habits(yaml), "account")
                .invite(invite.message()).stream().map(Violation::toString).toList();
    }

    @Test
    void withoutHabitsAUsualCallIsTaken() {
        assertEquals(List.of(), found("", Requests.invite()));
    }

    @Test
    void insistsOnTheCalledNumber() {
        String habit = "called: '[0-9]+'\ncalled-refusal: 484";
        assertEquals(
                List.of("INVITE: called: expected [0-9]+, got +12025550100; refused with 484"),
                found(habit, Requests.invite()));
        assertEquals(List.of(), found(habit, Requests.invite().to("sip:12025550100@carrier.test")));
        assertEquals(List.of(), found(habit, Requests.invite().to("tel:12025550100")));
    }

    @Test
    void insistsOnFrom() {
        assertEquals(
                List.of("INVITE: from: expected the account account, got +12025550150; refused with 403"),
                found("from: account", Requests.invite()));
        assertEquals(
                List.of("INVITE: from: expected [0-9]+, got +12025550150; refused with 606"),
                found("from: '[0-9]+'\ncaller-refusal: 606", Requests.invite()));
        assertEquals(
                List.of(), found("from: account", Requests.invite().with("From", "<sip:account@gateway.test>;tag=a")));
    }

    @Test
    void insistsOnHeadersAndOnTheirAbsence() {
        String wanted = "headers: ['P-Asserted-Identity: \\+[0-9]+']";
        assertEquals(
                List.of("INVITE: headers: expected P-Asserted-Identity: \\+[0-9]+, got nothing; refused with 403"),
                found(wanted, Requests.invite()));
        assertEquals(
                List.of("INVITE: headers: expected P-Asserted-Identity: \\+[0-9]+, got <sip:1202@h>; refused with 403"),
                found(wanted, Requests.invite().with("P-Asserted-Identity", "<sip:1202@h>")));
        assertEquals(List.of(), found(wanted, Requests.invite().with("P-Asserted-Identity", "<sip:+1202@h>")));
        String barred = "barred: ['Supported: .*100rel.*']";
        assertEquals(
                List.of("INVITE: barred: expected no Supported: .*100rel.*, got timer, 100rel; refused with 403"),
                found(barred, Requests.invite().with("Supported", "timer, 100rel")));
        assertEquals(List.of(), found(barred, Requests.invite().with("Supported", "timer")));
    }

    @Test
    void insistsOnItsExtensions() {
        assertEquals(
                List.of("INVITE: extensions: expected only [timer] in Require, got 100rel; refused with 420"),
                found("extensions: [timer]", Requests.invite().with("Require", "timer , 100rel")));
    }

    @Test
    void insistsOnTheHostInContact() {
        String habit = "contact: '[a-z.]+'\ncontact-refusal: 400";
        assertEquals(
                List.of("INVITE: contact: expected [a-z.]+, got 127.0.0.1; refused with 400"),
                found(habit, Requests.invite()));
        assertEquals(List.of(), found(habit, Requests.invite().with("Contact", "<sip:a@sbc.example.com:5061>")));
        assertTrue(new Insistence(habits(habit), "account")
                .contact(Requests.of("OPTIONS", 1).message())
                .isPresent());
    }

    @Test
    void insistsOnCodecsAndTelephoneEvent() {
        assertEquals(
                List.of("INVITE: codecs: expected one of [G722], got PCMU/8000, PCMA/8000, telephone-event/8000;"
                        + " refused with 488"),
                found("codecs: [g722]", Requests.invite()));
        Requests without = Requests.invite().body(Requests.OFFER.replace("telephone-event", "CN"));
        assertEquals(
                List.of("INVITE: telephone-event: expected it, with the codec's clock, got PCMU/8000, PCMA/8000,"
                        + " CN/8000; refused with 488"),
                found("", without));
        assertEquals(List.of(), found("telephone-event: false", without));
    }

    @Test
    void insistsOnPlainOrEncryptedAudio() {
        Requests plain = Requests.invite();
        Requests secure = Requests.invite().body(SECURE);
        Requests keyless = Requests.invite().body(Requests.OFFER.replace("RTP/AVP", "RTP/SAVP"));
        assertEquals(
                List.of("INVITE: media: expected RTP/AVP, got RTP/SAVP with a key; refused with 488"),
                found("media: plain", secure));
        assertEquals(
                List.of("INVITE: media: expected RTP/SAVP with a key for AES_CM_128_HMAC_SHA1_80, got RTP/AVP without a"
                        + " key; refused with 488"),
                found("media: encrypted", plain));
        assertEquals(List.of(), found("media: encrypted", secure));
        assertEquals(1, found("media: encrypted", keyless).size());
        assertEquals(List.of(), found("media: either", plain));
        assertEquals(List.of(), found("media: either", secure));
        assertEquals(1, found("media: either", keyless).size());
    }

    @Test
    void anInviteWithoutAudioIsTold() {
        assertEquals(
                List.of("INVITE: form: expected an SDP offer of audio, got nothing; refused with 488"),
                found("", Requests.invite().body("")));
    }

    @Test
    void everythingThatIsWrongIsTold() {
        String yaml = "called: '[0-9]+'\nfrom: account\nheaders: ['X-Y: z']\ncodecs: [opus]\nmedia: encrypted";
        assertEquals(
                List.of("called", "from", "headers", "codecs", "media"),
                new Insistence(habits(yaml), "account")
                        .invite(Requests.invite().message()).stream()
                                .map(Violation::habit)
                                .toList());
    }

    @Test
    void whatCameIsFitForATerminal() {
        Violation violation = new Violation("INVITE", "from", "x", "a\u001b[31m\r\n" + "b".repeat(300), 403);
        assertTrue(violation.got().startsWith("a?[31m??bbb"));
        assertEquals(203, violation.got().length());
        assertEquals(
                "{\"event\":\"violation\",\"method\":\"RTP\",\"habit\":\"media\",\"expected\":\"a \\\"key\\\"\",\"got\":\"\",\"status\":0}",
                new Violation("RTP", "media", "a \"key\"", "", 0).json());
    }
}
