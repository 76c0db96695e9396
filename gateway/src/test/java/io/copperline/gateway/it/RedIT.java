package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A page that prefers RED sends each packet twice, and the phone hears it; any other page is left with Opus. */
class RedIT {
    private static final Duration SOUND = Duration.ofSeconds(6);

    private static final String PREFER_RED = """
            () => {
              const createOffer = RTCPeerConnection.prototype.createOffer;
              RTCPeerConnection.prototype.createOffer = function (...options) {
                const { codecs } = RTCRtpReceiver.getCapabilities('audio');
                const red = (codec) => codec.mimeType === 'audio/red';
                this.getTransceivers().forEach((t) =>
                  t.setCodecPreferences([...codecs.filter(red), ...codecs.filter((codec) => !red(codec))]));
                return createOffer.apply(this, options);
              };
            }""";

    /** Statistics name the codec within RED: that each packet is there twice shows in its size. */
    private static final String SENT = """
            async () => {
              const peer = copperlinePhone.call.peerConnection;
              const sent = [...(await peer.getStats()).values()].find((s) => s.type === 'outbound-rtp');
              return {
                codec: peer.getSenders()[0].getParameters().codecs[0].mimeType,
                bytesPerPacket: sent.bytesSent / sent.packetsSent,
              };
            }""";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void aPageThatPrefersRedIsHeardByItAndAnyOtherSendsOpus() {
        Map<String, Object> opus = call(STAGE.phone("alice"));
        assertEquals("audio/opus", opus.get("codec"));
        Tab preferring = STAGE.phone("bob");
        preferring.run(PREFER_RED);
        Map<String, Object> red = call(preferring);
        assertEquals("audio/red", red.get("codec"));
        double more = bytesPerPacket(red) / bytesPerPacket(opus);
        assertTrue(more > 1.6 && more < 2.6, () -> red + " after " + opus);
    }

    private static double bytesPerPacket(Map<String, Object> sent) {
        return ((Number) sent.get("bytesPerPacket")).doubleValue();
    }

    /** A call whose microphone is heard on the phone, and what was sent in it. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> call(Tab tab) {
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(SOUND));
        Map<String, Object> sent = (Map<String, Object>) tab.run(SENT);
        tab.page().click("#hangup");
        tab.untilState("Call ended");
        return sent;
    }
}
