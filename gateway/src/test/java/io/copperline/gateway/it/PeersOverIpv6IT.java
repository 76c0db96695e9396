package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Firefox and GStreamer reach the gateway over IPv6 and talk with a trunk on IPv4. */
class PeersOverIpv6IT {
    private static final String FAR = "+13035550100";
    private static final Duration SOUND = Duration.ofSeconds(5);
    private static final String REMOTE_ADDRESS = """
            async () => {
              const stats = await copperlinePhone.call.peerConnection.getStats();
              const pair = [...stats.values()].find((s) => s.type === 'candidate-pair' && s.selected);
              return stats.get(pair.remoteCandidateId).address;
            }""";

    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.IPV6);

    @Test
    void firefoxTalks() {
        FirefoxTab tab = STAGE.firefox().tab(STAGE.apart(STAGE.gateway().ports().http(), "/?user=alice"));
        tab.call(FAR);
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        tab.until("copperlinePhone.call.peerConnection.connectionState === 'connected'");
        far.wire().play(Speech.REPLY);
        tab.startRecording("copperlinePhone.call.remoteStream");
        Tone.assertHeard(Firefox.TONE_HZ, far.wire().hear(SOUND));
        Sounds.assertHeard(Speech.REPLY, tab.recorded(SOUND));
        assertEquals(STAGE.namespace().here6(), tab.run(REMOTE_ADDRESS).asText().replaceAll("[\\[\\]]", ""));
        tab.click("#hangup");
        far.await("ended REMOTE HANGUP");
    }

    @Test
    void gstreamerTalks() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            FarCall far = STAGE.farEnd().nextCall();
            far.answer();
            peer.awaitConnected();
            peer.assertBothHear(far);
            peer.hangUp();
            far.await("ended REMOTE HANGUP");
        }
    }
}
