package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** GStreamer's webrtcbin where datagrams do not reach the gateway. */
class GStreamerPathsIT {
    private static final String FAR = "+13035550100";

    @RegisterExtension
    static final Stage STAGE = Stage.apart(Family.IPV4).withCoturn();

    @AfterEach
    void letUdpThrough() {
        STAGE.namespace().letUdpThrough();
    }

    @Test
    void talksOverTcpAlone() {
        STAGE.namespace().dropUdp();
        try (GStreamer peer = GStreamer.calls(STAGE, FAR)) {
            FarCall far = talk(peer);
            assertEquals("tcp", ownCandidate(peer, "protocol"));
            hangUp(peer, far);
        }
    }

    @Test
    void talksAcrossCoturnAlone() {
        try (GStreamer peer = GStreamer.calls(STAGE, FAR, "--relay")) {
            FarCall far = talk(peer);
            assertEquals("relay", ownCandidate(peer, "candidate-type"));
            Await.until(
                    "coturn knows whom it relays for",
                    () -> STAGE.coturn().log().contains(":alice>"));
            hangUp(peer, far);
        }
    }

    private static FarCall talk(GStreamer peer) {
        FarCall far = STAGE.farEnd().nextCall();
        far.answer();
        peer.awaitConnected();
        peer.assertBothHear(far);
        return far;
    }

    /** Of the selected pair. */
    private static String ownCandidate(GStreamer peer, String field) {
        // webrtcbin 1.22 takes the types of the two for each other; their ids are right.
        return Stream.of("local-candidate", "remote-candidate")
                .map(peer::statistics)
                .filter(one -> one.path("id").asText().startsWith("ice-candidate-local_"))
                .map(one -> one.path(field).asText())
                .findFirst()
                .orElseThrow();
    }

    private static void hangUp(GStreamer peer, FarCall far) {
        peer.hangUp();
        far.await("ended REMOTE HANGUP");
    }
}
