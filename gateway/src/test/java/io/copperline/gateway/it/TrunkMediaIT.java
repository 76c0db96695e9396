package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.codecs.audio.G711;
import io.copperline.codecs.audio.ToneGenerator;
import io.copperline.gateway.it.Baresip.Encryption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What trunks do with audio beyond its codecs, with Chromium on the other side. */
class TrunkMediaIT {
    private static final String PHONE = "+15055550100";
    private static final String DIGITS = "0123456789*#ABCD";
    private static final Duration SOUND = Duration.ofSeconds(5);
    private static final Duration REPORTED = Duration.ofSeconds(20);
    /** The gateway knows what the phone misses of its audio, which only RTCP tells. */
    private static final Pattern TRUNK_REPORTS = Pattern.compile("\"trunk\":\\{[^}]*\"sentLossPercent\"");

    /** Every offer of the page is for G.711 alone. */
    private static final String PREFER_PCMU = """
            () => {
              const createOffer = RTCPeerConnection.prototype.createOffer;
              RTCPeerConnection.prototype.createOffer = function (...options) {
                const { codecs } = RTCRtpReceiver.getCapabilities('audio');
                const wanted = codecs.filter((codec) => /PCMU|telephone-event/.test(codec.mimeType));
                this.getTransceivers().forEach((t) => t.setCodecPreferences(wanted));
                return createOffer.apply(this, options);
              };
            }""";

    private static final String PACKETS_IN_A_SECOND = """
            async () => {
              const peer = copperlinePhone.call.peerConnection;
              const sent = async () =>
                [...(await peer.getStats()).values()].find((s) => s.type === 'outbound-rtp').packetsSent;
              const before = await sent();
              await new Promise((done) => setTimeout(done, 1000));
              return (await sent()) - before;
            }""";

    private static final int HALF_OF_THEM = 25;

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void tonesOfAPhoneThatHasNothingBetterAreDigits() throws IOException {
        byte[] tones = new byte[DIGITS.length() * 2_000];
        ToneGenerator generator = new ToneGenerator(8_000);
        short[] pcm = new short[2_000];
        for (int i = 0; i < DIGITS.length(); i++) {
            generator.start("0123456789*#ABCD".indexOf(DIGITS.charAt(i)), 120);
            generator.fill(pcm, 0, pcm.length);
            G711.encodeMu(pcm, 0, pcm.length, tones, i * pcm.length);
        }
        Files.write(STAGE.directory().resolve("tones.ulaw"), tones);
        Tab tab = STAGE.phone("alice");
        tab.watchCalls();
        int port = STAGE.gateway().ports().sipp();
        try (Sipp sipp = Sipp.answers(STAGE.directory(), port, "speaks-in-tones")) {
            tab.call("+14045550100");
            tab.untilState("Talking");
            Await.until(
                    "its digits are told",
                    Duration.ofSeconds(30),
                    () -> inband(tab).length() == DIGITS.length());
            tab.page().click("#hangup");
            sipp.succeeds();
        }
        assertEquals(DIGITS, inband(tab));
    }

    private static String inband(Tab tab) {
        return tab.events().stream()
                .filter(event -> event.startsWith("dtmf ")
                        && event.contains("direction=from-phone")
                        && event.contains("via=inband"))
                .map(event -> event.replaceAll(".*digit=(.).*", "$1"))
                .collect(Collectors.joining());
    }

    @Test
    void packetsOfTheSameCodecPassAndAreHeardOnBothSides() {
        Tab tab = STAGE.phone("alice");
        tab.run(PREFER_PCMU);
        Talk talk = Talk.place(tab, STAGE.farEnd());
        talk.assertBothHear();
        talk.far().wire().assertOneStream();
        tab.run("() => copperlineTest.sender(copperlinePhone.call).insertDTMF('1#', 100, 70)");
        Await.until(
                "its digits on the wire",
                () -> talk.far().wire().digits().size() == 2
                        && talk.far().wire().digits().getLast().ends() >= 3);
        talk.hangUpByPage();
    }

    @Test
    void aPageThatDescribesItsSilenceLeavesThePhoneNoGap() {
        Tab tab = STAGE.phone("alice");
        tab.run(PREFER_PCMU.replace("PCMU|", "PCMU|CN|"));
        Talk talk = Talk.place(tab, STAGE.farEnd());
        talk.assertBothHear();
        tab.page().click("#mute");
        Await.until("it sends descriptions", () -> ((Number) tab.run(PACKETS_IN_A_SECOND)).intValue() < HALF_OF_THEM);
        long from = System.nanoTime();
        talk.far().wire().hear(SOUND);
        List<TrunkWire.Packet> silence = talk.far().wire().packets().stream()
                .filter(packet -> packet.nanos() - from >= 0)
                .toList();
        for (int i = 1; i < silence.size(); i++) {
            assertEquals(160, silence.get(i).timestamp() - silence.get(i - 1).timestamp(), "at " + i);
        }
        tab.page().click("#mute");
        talk.assertBothHear();
        talk.hangUpByPage();
    }

    @Test
    void opusPassesToAPhoneWhoseReportsShareThePortOfItsAudio() {
        try (Baresip phone = Baresip.waits(STAGE, Encryption.MANDATORY, "opus");
                OtherPage page = new OtherPage(STAGE.gateway().ports())) {
            Tab tab = STAGE.chrome().tab(page.uri());
            tab.run("how => place(...how)", List.of(STAGE.gateway().origin(), Tokens.alice(), PHONE, Map.of()));
            tab.until("call.events.some((event) => event.name === 'answered')");
            tab.startRecording("call.stream");
            Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(SOUND));
            Await.until(
                    "its reports come on the port of its audio",
                    REPORTED,
                    () -> TRUNK_REPORTS.matcher(snapshot(tab)).find());
            phone.awaitSaid("RTP/RTCP multiplexing enabled");
            phone.awaitHeard(Speech.MICROPHONE);
        }
    }

    private static String snapshot(Tab tab) {
        URI uri = STAGE.gateway().uri((String) tab.run("() => new URL(call.location).pathname"));
        return STAGE.gateway()
                .send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + Tokens.alice()))
                .body();
    }
}
