package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Browsers that reach the gateway by a TURN server, with what the gateway hands out for it. */
class TurnIT {
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

    @RegisterExtension
    static final Stage STAGE = new Stage().withCoturn();

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
            Talk talk = Talk.place(tab, STAGE.farEnd());
            talk.assertRelayed("tcp", STAGE.coturn());
            talk.hangUpByPhone();
            alone.closeTabs();
        }
    }

    @Test
    void answersAcrossCoturn() {
        Tab tab = STAGE.phone("alice");
        tab.relayOnly("udp");
        FarCall far = STAGE.farEnd().call("+12025550150");
        far.await("ringing");
        Await.until("it rings", () -> tab.visible("#incoming"));
        tab.click("#answer");
        far.await("answered");
        far.wire().play(Speech.REPLY);
        Talk talk = new Talk(tab, far);
        talk.assertRelayed("udp", STAGE.coturn());
        talk.hangUpByPhone();
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
            Talk talk = Talk.place(tab, STAGE.farEnd());
            talk.assertBothHear();
            Await.until(
                    "it takes the short way", () -> !talk.local("candidateType").equals("relay"));
            network.closeUdp();
            talk.awaitLocal("relayProtocol", "tcp", Duration.ofSeconds(30));
            talk.assertRelayed("tcp", STAGE.coturn());
            talk.hangUpByPhone();
            alone.closeTabs();
        }
    }
}
