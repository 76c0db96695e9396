package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioLevel;
import io.copperline.codecs.dtmf.DtmfDetector;
import io.copperline.codecs.dtmf.TelephoneEvent;
import io.copperline.codecs.dtmf.TelephoneEventReader;
import io.copperline.codecs.rtp.Rtcp;
import io.copperline.codecs.rtp.VoipMetrics;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.srtp.SrtpKey;
import io.copperline.codecs.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What carriers do with audio and digits in the middle of calls. sipp speaks SIP, the audio is the test's own, and the web app is a
 * peer of the library that sends back what it hears.
 */
class CarrierMediaIT {
    private static final String PLAIN = "+14045550102";
    private static final String INFO = "+14045550103";
    private static final String INBAND = "+14045550104";
    private static final String SECURE = "+14045550107";
    private static final String QUIET = "+14045550112";
    private static final String THIRTY = "+14045550113";
    private static final String NOISE = "+14045550114";
    private static final Duration SOUND = Duration.ofSeconds(2);
    private static final Duration ALMOST_A_SECOND = Duration.ofMillis(700);
    private static final int PCMU = 0;
    private static final int PCMA = 8;
    private static final int CN = NegotiatedAudio.COMFORT_NOISE_PAYLOAD_TYPE;
    private static final int MOST_UNITS_APART = 1_600;
    private static final Pattern AGREED_TO_BE_HELD = Pattern.compile("a=recvonly[\\s\\S]* received [^\\n]*\\n\\s*ACK ");
    private static final Pattern CRYPTO = Pattern.compile("a=crypto:\\d+ (\\S+) inline:([A-Za-z0-9+/=]+)");

    @RegisterExtension
    static final Stage STAGE = new Stage(Family.IPV4, "ice: full").configuredBy("/it/carriers.yaml");

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor();

    private TrunkWire wire;

    @BeforeEach
    void open() {
        wire = TrunkWire.open(CLOCK);
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @AfterAll
    static void stop() {
        CLOCK.shutdownNow();
    }

    private Sipp answers(String host, String scenario, String... keys) {
        String[] all = new String[keys.length + 2];
        all[0] = "wire";
        all[1] = "" + wire.port();
        System.arraycopy(keys, 0, all, 2, keys.length);
        return Sipp.answers(STAGE.directory(), STAGE.carrier().at(host), scenario, all);
    }

    private static HttpCall talk(String number) {
        HttpCall call = HttpCall.placeWithChannel(STAGE.gateway(), number);
        call.awaitTold("answered");
        return call;
    }

    /** What the wire plays comes back from the web app. */
    private static void assertComesBack(TrunkWire heard) {
        Sounds.awaitHeard(Speech.REPLY.pcm(), () -> heard.hear(SOUND));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.3," + INFO + ",0 101", // as the trunk is set
        "127.0.0.2," + PLAIN + ",0" // since there is no telephone-event
    })
    void keysAreToldByInfoAndTheAppHearsHow(String host, String number, String formats) {
        try (Sipp sipp = answers(host, "takes-digits-by-info", "formats", formats);
                HttpCall call = talk(number)) {
            call.press("5#");
            call.awaitTold("dtmf 5 to-phone by info");
            call.awaitTold("dtmf # to-phone by info");
            Await.until("both are there", () -> sipp.received("INFO ").size() == 2);
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void keysAreTonesWhereTheCarrierTakesNoInfo() {
        try (Sipp sipp = answers("127.0.0.2", "takes-no-keys");
                HttpCall call = talk(PLAIN)) {
            long from = System.nanoTime();
            call.press("5");
            call.awaitTold("dtmf 5 to-phone by inband");
            call.press("9");
            call.awaitTold("dtmf 9 to-phone by inband");
            Await.until("both are heard", () -> keys(wire.heardSince(from)).equals("59"));
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void theAppIsToldOfAKeyThatIsLost() {
        try (Sipp sipp = answers("127.0.0.3", "takes-no-keys");
                HttpCall call = talk(INFO)) {
            call.press("5");
            call.awaitTold("dtmf-failed 5 415");
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void keysOfThePhoneAreHeardByInfo() {
        try (Sipp sipp = answers("127.0.0.2", "presses-keys-by-info");
                HttpCall call = talk(PLAIN)) {
            call.awaitTold("dtmf 7 from-phone by info");
            call.awaitTold("dtmf # from-phone by info");
            Await.until("the rest is refused", () -> sipp.messages().contains("SIP/2.0 415 "));
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void keysAreTonesInTheAudio() {
        try (Sipp sipp = answers("127.0.0.4", "answers-on-a-wire");
                HttpCall call = talk(INBAND)) {
            long from = System.nanoTime();
            call.press("159D");
            call.awaitTold("dtmf D to-phone by inband");
            Await.until("all are heard", () -> keys(wire.heardSince(from)).equals("159D"));
            call.hangUp();
            sipp.succeeds();
        }
    }

    private static String keys(short[] heard) {
        StringBuilder keys = new StringBuilder();
        new DtmfDetector(8_000).onSamples(heard, 0, heard.length, 0, new TelephoneEventReader.Sink() {
            @Override
            public void started(int event, long nowNanos) {
                keys.append(TelephoneEvent.digit(event));
            }

            @Override
            public void ended(int event, int durationMillis) {
                // Its beginning was enough.
            }
        });
        return keys.toString();
    }

    @Test
    void thePhoneHearsMusicWhileTheAppHoldsIt() {
        try (Sipp sipp = answers("127.0.0.2", "is-held");
                HttpCall call = talk(PLAIN)) {
            wire.play(Speech.REPLY);
            call.hold(true);
            call.awaitTold("held by browser");
            Await.until(
                    "they have agreed",
                    () -> AGREED_TO_BE_HELD.matcher(sipp.messages()).find());
            Sounds.awaitHeard(Speech.MICROPHONE, () -> wire.hear(SOUND)); // which is the hold music here
            call.hold(false);
            call.awaitTold("resumed by browser");
            assertComesBack(wire);
            call.hangUp();
            sipp.succeeds();
            wire.assertOneStream();
        }
    }

    @Test
    void silenceIsDescribedToTheCarrierAndSoundIsSoundAgain() {
        try (Sipp sipp = answers("127.0.0.17", "takes-descriptions-of-silence");
                HttpCall call = talk(NOISE)) {
            Await.until("nobody speaks", this::describes);
            assertEquals(AudioLevel.SILENCE, wire.packets().getLast().payload()[0]);
            wire.play(Speech.REPLY);
            assertComesBack(wire);
            call.hold(true);
            call.awaitTold("held by browser");
            Await.until("the carrier agrees", () -> sipp.sent("SIP/2.0 200 ").size() == 2);
            Await.until("the app holds", this::describes);
            call.hold(false);
            call.awaitTold("resumed by browser");
            assertComesBack(wire);
            call.hangUp();
            sipp.succeeds();
            wire.assertOneStream();
            assertGoesOnByTheClock(wire.packets());
        }
    }

    /** Whether its last packets were descriptions, and nothing else. */
    private boolean describes() {
        List<TrunkWire.Packet> packets = wire.packets();
        return packets.size() > 5
                && packets.subList(packets.size() - 5, packets.size()).stream()
                        .allMatch(packet -> packet.payloadType() == CN && packet.payload().length == 1);
    }

    /** The marker is where sound begins (RFC 3551 section 4.1), and nowhere else. */
    private static void assertGoesOnByTheClock(List<TrunkWire.Packet> packets) {
        assertEquals(0, packets.getFirst().payloadType(), "sound comes first");
        for (int i = 1; i < packets.size(); i++) {
            TrunkWire.Packet before = packets.get(i - 1);
            TrunkWire.Packet packet = packets.get(i);
            assertEquals(1, packet.sequence() - before.sequence() & 0xffff, "at " + i);
            assertEquals(before.ssrc(), packet.ssrc(), "at " + i);
            long apart = packet.timestamp() - before.timestamp() & 0xffff_ffffL;
            assertTrue(apart > 0 && apart <= MOST_UNITS_APART && apart % 160 == 0, apart + " at " + i);
            assertEquals(before.payloadType() == CN && packet.payloadType() != CN, packet.marker(), "at " + i);
        }
    }

    @Test
    void theAppIsToldWhenThePhoneHoldsAndNothingIsSentMeanwhile() {
        String number = "+12025550150";
        Carrier carrier = STAGE.carrier().at("127.0.0.2");
        int port = STAGE.gateway().ports().sip();
        try (PhoneSocket phone = new PhoneSocket(STAGE.gateway().ports().http(), Tokens.alice());
                Sipp sipp = Sipp.calls(
                        STAGE.directory(), carrier, port, number, "holds-and-resumes", "wire", "" + wire.port())) {
            phone.answer(phone.await("incoming"));
            sipp.succeeds();
            phone.awaitEvent("ended");
            assertEquals(
                    List.of("true", "false", "true", "false", "true", "false"),
                    phone.events()
                            .filter(event -> event.path("event").asText().equals("hold")
                                    && event.path("by").asText().equals("trunk"))
                            .map(event -> event.path("held").asText())
                            .toList());
            assertTrue(wire.pauses(ALMOST_A_SECOND) >= 3, "nothing is sent while it holds");
            wire.assertOneStream();
        }
    }

    @Test
    void aCallWithoutAnOfferIsHeardBothWays() {
        Carrier carrier = STAGE.carrier().at("127.0.0.2");
        int port = STAGE.gateway().ports().sip();
        try (PhoneSocket phone = new PhoneSocket(STAGE.gateway().ports().http(), Tokens.alice());
                Sipp sipp = Sipp.calls(
                        STAGE.directory(),
                        carrier,
                        port,
                        "+12025550150",
                        "calls-without-an-offer",
                        "wire",
                        "" + wire.port())) {
            phone.answer(phone.await("incoming"));
            phone.awaitEvent("answered");
            wire.play(Speech.REPLY);
            assertComesBack(wire);
            phone.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void theCodecChangesAndTheSoundGoesOn() {
        try (Sipp sipp = answers("127.0.0.2", "changes-its-codec");
                HttpCall call = talk(PLAIN)) {
            wire.play(Speech.REPLY);
            Await.until("PCMA comes", () -> wire.packets().stream().anyMatch(one -> one.payloadType() == PCMA));
            wire.playA(Speech.REPLY);
            assertComesBack(wire);
            assertEquals(PCMA, wire.packets().getLast().payloadType());
            call.hangUp();
            sipp.succeeds();
            wire.assertOneStream();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.2," + PLAIN + ",ptime:60,20,60", // as the carrier wishes
        "127.0.0.2," + PLAIN + ",ptime:10,20,10",
        "127.0.0.13," + THIRTY + ",sendrecv,30,30" // as the trunk is set, since the carrier has no wish
    })
    void packetsAreAsLongAsIsWished(String host, String number, String wish, int askedMillis, int sentMillis) {
        try (Sipp sipp = answers(host, "wants-packets-of-another-length", "wish", wish);
                HttpCall call = talk(number)) {
            wire.play(Speech.REPLY);
            assertComesBack(wire);
            List<TrunkWire.Packet> audio = wire.packets().stream()
                    .filter(packet -> packet.payloadType() == PCMU)
                    .toList();
            assertEquals(8 * sentMillis, audio.getLast().payload().length);
            assertEquals(
                    8 * sentMillis,
                    audio.getLast().timestamp() - audio.get(audio.size() - 2).timestamp());
            call.hangUp();
            sipp.succeeds();
            assertTrue(sipp.messages().contains("a=ptime:" + askedMillis + "\r\n"), sipp::messages);
            wire.assertOneStream();
        }
    }

    @Test
    void audioGoesToWhereAudioComesFrom() {
        try (TrunkWire behindNat = TrunkWire.open(CLOCK);
                Sipp sipp = answers("127.0.0.2", "answers-on-a-wire");
                HttpCall call = talk(PLAIN)) {
            behindNat.target(Await.value("audio at the SDP's address", Await.USUAL, wire::destination));
            behindNat.play(Speech.REPLY);
            call.awaitTold("media latched of trunk");
            assertComesBack(behindNat);
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void reportsGoToWhereTheCarrierWantsThem() {
        try (TrunkWire reports = TrunkWire.open(CLOCK);
                Sipp sipp = answers("127.0.0.2", "has-its-reports-elsewhere", "reports", "" + reports.port());
                HttpCall call = talk(PLAIN)) {
            wire.play(Speech.REPLY);
            Await.until("a report comes", () -> !reports.packets().isEmpty());
            call.hangUp();
            sipp.succeeds();
            assertEquals(List.of(), wire.reports());
        }
    }

    @Test
    void aCarrierThatAsksIsToldHowItIsHeard() {
        List<VoipMetrics> told = new CopyOnWriteArrayList<>();
        Rtcp.Visitor reader = new Rtcp.Visitor() {
            @Override
            public void voipMetrics(long ssrc, VoipMetrics metrics) {
                told.add(metrics);
            }
        };
        try (Sipp sipp = answers("127.0.0.2", "asks-how-it-is-heard");
                HttpCall call = talk(PLAIN)) {
            wire.play(Speech.REPLY);
            Await.until("a report says so", Duration.ofSeconds(30), () -> {
                told.clear();
                wire.reports().forEach(report -> Rtcp.read(report.bytes(), 0, report.bytes().length, reader));
                return !told.isEmpty();
            });
            call.hangUp();
            sipp.succeeds();
            assertTrue(told.getFirst().rated() && told.getFirst().mosTenths() <= 45, told::toString);
            assertTrue(told.getFirst().endSystemDelayMillis() > 0, told::toString);
        }
    }

    @Test
    void aNewKeyOfAnotherSuiteIsTakenInTheMiddleOfTheCall() {
        try (Sipp sipp = answers("127.0.0.7", "comes-with-a-new-key");
                HttpCall call = talk(SECURE)) {
            Await.until(
                    "sipp has written down the answer",
                    () -> !sipp.received("ACK ").isEmpty());
            encrypt(sipp, SrtpProfile.AES_CM_128_HMAC_SHA1_80);
            wire.play(Speech.REPLY);
            Await.until("it is heard", () -> !wire.packets().isEmpty());
            Await.until("the new key is agreed on", () -> !sipp.sent("ACK ").isEmpty());
            encrypt(sipp, SrtpProfile.AEAD_AES_256_GCM);
            assertComesBack(wire);
            call.hangUp();
            sipp.succeeds();
        }
    }

    /** By the last keys of this suite that the SDP of either side has, whatever was said more than once. */
    private void encrypt(Sipp sipp, SrtpProfile suite) {
        List<SrtpKey> keys = CRYPTO.matcher(sipp.messages())
                .results()
                .filter(line -> line.group(1).equals(suite.name()))
                .map(line -> line.group(2))
                .distinct()
                .map(inline -> SrtpKey.ofInline(suite, inline).orElseThrow())
                .toList();
        boolean weOffered = suite == SrtpProfile.AES_CM_128_HMAC_SHA1_80;
        SrtpKey first = keys.get(weOffered ? 0 : keys.size() - 2);
        wire.encrypted(weOffered ? keys.getLast() : first, weOffered ? first : keys.getLast());
    }

    @Test
    void aCallWhoseByeWasLostEndsByItsSilence() {
        try (Sipp sipp = answers("127.0.0.12", "loses-its-bye");
                HttpCall call = talk(QUIET)) {
            wire.play(Speech.REPLY);
            Await.until("it talks", () -> wire.packets().size() > 20);
            wire.stopPlaying();
            call.awaitState("ended");
            assertEquals("ended media-timeout", call.story().getLast());
            sipp.succeeds();
        }
    }
}
