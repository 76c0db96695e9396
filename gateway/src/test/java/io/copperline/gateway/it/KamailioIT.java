package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Calls by way of a carrier that is Kamailio with rtpengine, over UDP with plain and over TLS with encrypted audio; and calls over
 * TLS with baresip, which is a phone of that carrier's or on a trunk of its own.
 */
class KamailioIT {
    private static final String PLAIN_PHONE = "+13035550100";
    private static final String SECURE_PHONE = "+13135550100";
    private static final Duration SOUND = Duration.ofSeconds(5);
    /** Two seconds of {@link Speech#REPLY} have three times as much. */
    private static final String PLAIN_NUMBER = "+12025550150";

    private static final String SECURE_NUMBER = "+12025550160";
    private static final String ENCRYPTED = "SRTP is Enabled";
    private static final String DIGITS = "0123456789*#";

    @RegisterExtension
    static final Stage STAGE = new Stage().withKamailio();

    private final Kamailio kamailio = STAGE.kamailio();

    @BeforeEach
    void registered() {
        kamailio.awaitSaid("registers udp-account by udp");
        kamailio.awaitSaid("registers tls-account by tls");
    }

    @ParameterizedTest
    @CsvSource({PLAIN_PHONE + ",udp", SECURE_PHONE + ",tls"})
    void speaksWithAPhoneBehindTheCarrierUntilThePageHangsUp(String number, String transport) {
        Tab tab = STAGE.phone("alice");
        tab.watchCalls();
        Talk talk = Talk.place(tab, STAGE.farEnd(), number);
        talk.assertBothHear();
        int relay = talk.far().gatewayRtp().getPort();
        Ports ports = STAGE.gateway().ports();
        assertTrue(relay >= ports.firstRtpengineMedia() && relay <= ports.lastRtpengineMedia(), "by rtpengine");
        Await.until(
                "our reports come through", () -> !talk.far().wire().reports().isEmpty());
        pressAll(talk);
        int byes = kamailio.count("within a call: BYE by " + transport + " ");
        talk.hangUpByPage();
        Await.until(
                "our BYE goes by the proxy", () -> kamailio.count("within a call: BYE by " + transport + " ") > byes);
    }

    private static void pressAll(Talk talk) {
        talk.tab().run("digits => copperlineTest.sender(copperlinePhone.call).insertDTMF(digits, 100, 70)", DIGITS);
        Await.until(
                "all digits have come",
                Duration.ofSeconds(30),
                () -> talk.far().wire().digits().size() >= DIGITS.length());
        String came = talk.far().wire().digits().stream()
                .map(digit -> "" + digit.digit())
                .collect(Collectors.joining());
        assertEquals(DIGITS, came);
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN_NUMBER, SECURE_NUMBER})
    void speaksWithACallerUntilThePhoneHangsUp(String number) {
        Tab tab = STAGE.phone("alice");
        FarCall far = STAGE.farEnd().call(number);
        Await.until("it rings", () -> tab.visible("#incoming"));
        assertEquals("+1 303 555 0199", tab.text("#caller"));
        tab.page().click("#answer");
        tab.untilState("Talking");
        far.await("answered");
        far.wire().play(Speech.REPLY);
        Talk talk = new Talk(tab, far);
        talk.assertBothHear();
        if (number.equals(SECURE_NUMBER)) {
            String agreed = "incoming SRTP with SDES crypto params: suite AEAD_AES_256_GCM";
            Await.until(
                    "the first suite of rtpengine's offer",
                    () -> kamailio.rtpengine().said().contains(agreed));
        }
        talk.hangUpByPhone();
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN_PHONE, SECURE_PHONE})
    void eachSideHoldsTheOther(String number) {
        Tab tab = STAGE.phone("alice");
        Talk talk = Talk.place(tab, STAGE.farEnd(), number);
        FarCall far = talk.far();
        far.hold(true);
        Await.until("the page is told", () -> tab.text("#notice").contains("put you on hold"));
        far.hold(false);
        Await.until("the page is told", () -> tab.text("#notice").isEmpty());
        talk.assertBothHear();
        tab.run("() => copperlinePhone.call.hold(true)");
        far.await("audio RECVONLY");
        tab.run("() => copperlinePhone.call.hold(false)");
        Await.until(
                "it goes on, after " + far.events(),
                () -> far.events().getLast().equals("audio SENDRECV"));
        far.wire().hear(Duration.ofSeconds(1)); // until both sides have settled
        tab.awaitMicrophone(() -> far.wire().hear(SOUND));
        Sounds.awaitHeard(Speech.REPLY, () -> tab.record(SOUND));
        talk.hangUpByPhone();
    }

    @Test
    void speaksWithAPhoneThatHasRegisteredAtTheCarrier() {
        Tab tab = STAGE.phone("alice");
        try (Baresip phone = Baresip.registers(STAGE)) {
            kamailio.awaitSaid("registers phone-account by tls");
            assertHangsUpAfterTalk(tab, "+15055550101", phone);
        }
    }

    @ParameterizedTest
    @CsvSource({"+15055550103,AEAD_AES_256_GCM", "+15055550102,AEAD_AES_128_GCM"})
    void speaksByAesGcmWithAPhone(String number, String suite) {
        Tab tab = STAGE.phone("alice");
        int before = kamailio.count("registers phone-account by tls");
        try (Baresip phone = Baresip.registers(STAGE)) {
            Await.until("it registers", () -> kamailio.count("registers phone-account by tls") > before);
            assertHangsUpAfterTalk(tab, number, phone);
            phone.awaitSaid(ENCRYPTED + " (cryptosuite=" + suite + ")");
        }
    }

    @Test
    void speaksWithAPhoneThatCallsByTheCarrier() {
        Tab tab = STAGE.phone("alice");
        try (Baresip phone = Baresip.callsByKamailio(STAGE, PLAIN_NUMBER)) {
            assertAnswersAndTalks(tab, phone);
        }
        tab.untilState("They hung up");
    }

    @Test
    void speaksOverTlsWithAPhoneWhoseCertificateIsGood() {
        Tab tab = STAGE.phone("alice");
        try (Baresip phone = Baresip.waitsOverTls(STAGE)) {
            assertHangsUpAfterTalk(tab, "+15055550100", phone);
        }
    }

    @Test
    void speaksOverTlsWithAPhoneThatCalls() {
        Tab tab = STAGE.phone("alice");
        try (Baresip phone = Baresip.callsOverTls(STAGE, SECURE_NUMBER)) {
            assertAnswersAndTalks(tab, phone);
        }
        tab.untilState("They hung up");
    }

    private static void assertHangsUpAfterTalk(Tab tab, String number, Baresip phone) {
        tab.call(number);
        assertBothHear(tab, phone);
        tab.page().click("#hangup");
        tab.untilState("Call ended");
    }

    private static void assertAnswersAndTalks(Tab tab, Baresip phone) {
        Await.until("it rings", () -> tab.visible("#incoming"));
        tab.page().click("#answer");
        assertBothHear(tab, phone);
    }

    private static void assertBothHear(Tab tab, Baresip phone) {
        tab.untilState("Talking");
        tab.startRecording();
        phone.awaitHeard(Speech.MICROPHONE);
        Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
        phone.awaitSaid(ENCRYPTED);
    }
}
