package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A browser whose network blocks UDP, from the start or in the middle of a call: sound takes the TCP connection. */
class IceTcpIT {
    private static final Duration SOUND = Duration.ofSeconds(6);
    /** A browser gives up a path some seconds after its last answer. */
    private static final Duration PATH = Duration.ofSeconds(25);

    private static final String PROTOCOL = """
            async () => {
              const stats = await copperlinePhone.call.peerConnection.getStats();
              const transport = [...stats.values()].find((s) => s.type === 'transport');
              const pair = stats.get(transport.selectedCandidatePairId);
              return stats.get(pair.remoteCandidateId).protocol;
            }""";

    private static final String UFRAG =
            "copperlinePhone.call.peerConnection.remoteDescription.sdp.match(/ice-ufrag:(.*)/)[1]";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    private Tab tab;

    @BeforeEach
    void open() {
        tab = STAGE.phone("alice");
    }

    private FarCall talk() {
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        return far;
    }

    private void assertSoundBothWays(FarCall far) {
        tab.startRecording();
        Sounds.assertHeard(Speech.MICROPHONE, far.wire().hear(SOUND));
        Sounds.assertHeard(Speech.REPLY, tab.recorded(SOUND));
    }

    private void awaitPathOver(String protocol) {
        Await.until(
                "the path is over " + protocol, PATH, () -> tab.run(PROTOCOL).equals(protocol));
    }

    @Test
    void talksOverTcpAloneAndRestartsThere() {
        UdpRelay.redirect(tab, Map.of());
        FarCall far = talk();
        assertEquals("tcp", tab.run(PROTOCOL));
        assertTrue(STAGE.gateway().ledger().get("tcp-connections") > 0);
        assertSoundBothWays(far);
        Object before = tab.run("() => " + UFRAG);
        // What a browser says when its machine has another network.
        tab.run("() => { dispatchEvent(new Event('online')); }");
        tab.until(UFRAG + " !== '" + before + "'");
        tab.until("copperlinePhone.call.peerConnection.connectionState === 'connected'");
        assertEquals("tcp", tab.run(PROTOCOL));
        assertSoundBothWays(far);
        tab.page().click("#hangup");
        tab.untilState("Call ended");
        far.await("ended REMOTE HANGUP");
    }

    @Test
    void goesFromUdpToTcpAndBackInTheMiddleOfACall() {
        int port = STAGE.gateway().ports().browserUdp();
        try (UdpRelay first = new UdpRelay(port);
                UdpRelay second = new UdpRelay(port + 1)) {
            UdpRelay.redirect(tab, Map.of(port, first, port + 1, second));
            FarCall far = talk();
            assertEquals("udp", tab.run(PROTOCOL));
            first.block(true);
            second.block(true);
            awaitPathOver("tcp");
            assertSoundBothWays(far);
            first.block(false);
            second.block(false);
            awaitPathOver("udp");
            assertSoundBothWays(far);
            far.hangUp();
            tab.untilState("They hung up");
        }
    }
}
