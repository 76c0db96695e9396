package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway as if behind a NAT: the addresses that it names lead nowhere, but its own checks find the browser. */
class FullIceIT {
    private static final Duration SOUND = Duration.ofSeconds(6);
    private static final int NOBODYS_PORT = 9;
    private static final String REMOTE_TYPE = """
            async () => {
              const stats = await copperlinePhone.call.peerConnection.getStats();
              const transport = [...stats.values()].find((s) => s.type === 'transport');
              return stats.get(stats.get(transport.selectedCandidatePairId).remoteCandidateId).candidateType;
            }""";

    private static final String SDP = "copperlinePhone.call.peerConnection.remoteDescription.sdp";
    private static final String UFRAG = SDP + ".match(/ice-ufrag:(.*)/)[1]";

    private static final StunServer STUN =
            new StunServer(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), NOBODYS_PORT));

    @RegisterExtension
    static final Stage STAGE = new Stage(Family.HIDDEN, "ice: full\n  stun-servers: [\"" + STUN.uri() + "\"]");

    @AfterAll
    static void close() {
        STUN.close();
    }

    @Test
    void reachesTheBrowserByItsOwnChecks() {
        Tab tab = STAGE.phone("alice");
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        assertEquals("prflx", tab.run(REMOTE_TYPE));
        String sdp = (String) tab.run("() => " + SDP);
        assertTrue(sdp.contains(" 127.0.0.1 9 typ srflx raddr 127.0.0.99 rport "), sdp);
        assertTrue(!sdp.contains("a=ice-lite"), sdp);
        assertSoundBothWays(tab, far);
        Object before = tab.run("() => " + UFRAG);
        // What a browser says when its machine has another network.
        tab.run("() => { dispatchEvent(new Event('online')); }");
        tab.until(UFRAG + " !== '" + before + "'");
        tab.until("copperlinePhone.call.peerConnection.connectionState === 'connected'");
        assertSoundBothWays(tab, far);
        tab.page().click("#hangup");
        tab.untilState("Call ended");
        far.await("ended REMOTE HANGUP");
    }

    private static void assertSoundBothWays(Tab tab, FarCall far) {
        tab.startRecording();
        Sounds.assertHeard(Speech.MICROPHONE, far.wire().hear(SOUND));
        Sounds.assertHeard(Speech.REPLY, tab.recorded(SOUND));
    }
}
