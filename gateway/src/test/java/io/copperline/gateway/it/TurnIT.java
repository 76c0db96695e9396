package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Browsers that reach the gateway by a TURN server, with what the gateway hands out for it. */
class TurnIT {
    private static final Duration SOUND = Duration.ofSeconds(5);

    /** What a page's own peer gathers with these servers through a relay: candidates' types and errors' codes. */
    private static final String GATHER = """
            (iceServers) => new Promise((resolve) => {
              const found = new Set();
              const peer = new RTCPeerConnection({ iceServers, iceTransportPolicy: 'relay' });
              peer.onicecandidateerror = ({ errorCode }) => found.add(String(errorCode));
              peer.onicecandidate = ({ candidate }) => {
                if (candidate) {
                  found.add(candidate.type);
                } else {
                  peer.close();
                  resolve([...found]);
                }
              };
              peer.createDataChannel('x');
              peer.setLocalDescription();
            })""";

    /** How the browser's end of the selected pair was found, and by what it reaches its relay. */
    private static final String PATH = """
            async () => {
              const stats = await copperlinePhone.call.peerConnection.getStats();
              const transport = [...stats.values()].find((s) => s.type === 'transport');
              const pair = stats.get(transport.selectedCandidatePairId);
              const local = pair && stats.get(pair.localCandidateId);
              return local ? [local.candidateType, local.relayProtocol ?? 'none'].join(' ') : '';
            }""";

    @RegisterExtension
    static final Stage STAGE = new Stage(TurnIT::iceServers);

    private static Coturn coturn;

    private static String iceServers(Ports ports) {
        return """
                ice-servers:
                  - urls: ["turn:127.0.0.1:@turn@?transport=udp", "turn:127.0.0.1:@turn@?transport=tcp"]
                    shared-secret: @secret@
                """.replace("@turn@", "" + ports.turn()).replace("@secret@", Coturn.SECRET);
    }

    @BeforeAll
    static void startCoturn() {
        coturn = new Coturn(STAGE.gateway().ports(), STAGE.directory());
    }

    @AfterAll
    static void stopCoturn() {
        coturn.close();
    }

    @Test
    void coturnTakesWhatWeSignedAndNothingElse() {
        Tab tab = STAGE.phone("alice");
        String handedOut = STAGE.gateway()
                .send(HttpRequest.newBuilder(STAGE.gateway().uri("/v1/ice-servers"))
                        .header("Authorization", "Bearer " + Tokens.alice()))
                .body();
        assertEquals(List.of("relay"), tab.run("(text) => (" + GATHER + ")(JSON.parse(text).iceServers)", handedOut));
        Instant later = Instant.now().plusSeconds(600);
        Instant before = Instant.now().minusSeconds(5);
        String forged = Coturn.credential(Coturn.username(later), "another secret");
        assertEquals(List.of("401"), tab.run(GATHER, servers(Coturn.username(later), forged)));
        String ended = Coturn.credential(Coturn.username(before), Coturn.SECRET);
        assertEquals(List.of("401"), tab.run(GATHER, servers(Coturn.username(before), ended)));
    }

    private static List<Map<String, String>> servers(String username, String credential) {
        String url = "turn:127.0.0.1:" + STAGE.gateway().ports().turn() + "?transport=udp";
        return List.of(Map.of("urls", url, "username", username, "credential", credential));
    }

    @Test
    @EnabledIf("io.copperline.gateway.it.LonelyNetwork#possible")
    void talksAcrossCoturnWhereNothingElseCanBeReached() {
        Ports ports = STAGE.gateway().ports();
        var network = new LonelyNetwork(STAGE.directory(), new int[] {ports.http(), ports.turn()}, new int[0]);
        try (Chrome alone = network.chrome()) {
            Tab tab = alone.tab(STAGE.gateway(), "/?user=alice");
            FarCall far = call(tab);
            assertSoundBothWays(tab, far);
            assertEquals("relay tcp", tab.run(PATH));
            hangUp(tab, far);
            alone.closeTabs();
        }
    }

    @Test
    void answersAcrossCoturn() {
        Tab tab = STAGE.phone("alice");
        relayOnly(tab);
        FarCall far = STAGE.farEnd().call("+12025550150");
        far.await("ringing");
        Await.until("it rings", () -> tab.visible("#incoming"));
        tab.page().click("#answer");
        far.await("answered");
        far.wire().play(Speech.REPLY);
        assertSoundBothWays(tab, far);
        assertEquals("relay udp", tab.run(PATH));
        hangUp(tab, far);
    }

    /** What the option {@code iceTransportPolicy} of the library does, on a page that is there already. */
    private static void relayOnly(Tab tab) {
        tab.run("""
                () => {
                  window.RTCPeerConnection = class extends RTCPeerConnection {
                    constructor(configuration) {
                      super({ ...configuration, iceTransportPolicy: 'relay' });
                    }
                  };
                }""");
    }

    @Test
    @EnabledIf("io.copperline.gateway.it.LonelyNetwork#possible")
    void movesToCoturnWhenItsNetworkLosesUdpMidCall() {
        Ports ports = STAGE.gateway().ports();
        var network = new LonelyNetwork(STAGE.directory(), new int[] {ports.http(), ports.turn()}, new int[] {
            ports.browserUdp(), ports.browserUdp() + 1
        });
        try (Chrome alone = network.chrome()) {
            Tab tab = alone.tab(STAGE.gateway(), "/?user=alice");
            FarCall far = call(tab);
            assertSoundBothWays(tab, far);
            assertTrue(tab.run(PATH).toString().endsWith(" none"), "a path without a relay");
            network.closeUdp();
            Await.until(
                    "the path is a relay's",
                    Duration.ofSeconds(30),
                    () -> tab.run(PATH).equals("relay tcp"));
            assertSoundBothWays(tab, far);
            hangUp(tab, far);
            alone.closeTabs();
        }
    }

    private static FarCall call(Tab tab) {
        tab.call("+13035550100");
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        tab.untilState("Talking");
        far.wire().play(Speech.REPLY);
        return far;
    }

    private static void hangUp(Tab tab, FarCall far) {
        far.hangUp();
        tab.untilState("They hung up");
    }

    private static void assertSoundBothWays(Tab tab, FarCall far) {
        tab.until("copperlineTest.sender(copperlinePhone.call).canInsertDTMF");
        tab.startRecording();
        Sounds.assertHeard(Speech.MICROPHONE, far.wire().hear(SOUND));
        Sounds.assertHeard(Speech.REPLY, tab.recorded(SOUND));
        assertTrue(coturn.log().contains(":alice>"), "coturn knows whom it relays for");
    }
}
