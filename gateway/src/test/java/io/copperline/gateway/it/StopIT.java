package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SIGTERM: calls end in the way that fits their state, the process ends well, and a second start works at once. */
class StopIT {
    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void endsCallsAndStartsAgainOnTheSamePorts() {
        GatewayProcess gateway = STAGE.gateway();
        Tab alice = STAGE.phone("alice");
        alice.watchCalls();
        alice.call("+13035550100");
        FarCall talking = STAGE.farEnd().nextCall();
        talking.answer();
        alice.untilState("Talking");
        alice.until("copperlinePhone.call.peerConnection.connectionState === 'connected'");
        Tab second = STAGE.phone("alice");
        second.call("+13035550101");
        FarCall ringing = STAGE.farEnd().nextCall();
        ringing.ring();
        second.untilState("Ringing…");
        Tab bob = STAGE.phone("bob");
        FarCall calling = STAGE.farEnd().call("+12025550151");
        calling.await("ringing");

        assertEquals(0, gateway.stop(), gateway::lastOfLog);
        talking.await("ended REMOTE HANGUP");
        assertEquals(41, talking.end().orElseThrow().q850());
        ringing.await("ended REMOTE CANCELLED");
        calling.await("ended REMOTE");
        assertEquals(503, calling.end().orElseThrow().status());
        alice.untilState("Call failed");
        assertTrue(alice.text("#reason").contains("being stopped"), () -> alice.text("#reason"));
        Await.until("bob's page rings no more", () -> !bob.visible("#incoming"));

        gateway.start();
        alice.until("copperlinePhone.phone.connected", Duration.ofSeconds(30));
        alice.dial("+13035550102");
        FarCall again = STAGE.farEnd().nextCall();
        again.answer();
        alice.untilState("Talking");
        Sounds.awaitHeard(Speech.MICROPHONE, () -> again.wire().hear(Duration.ofSeconds(4)));
        alice.page().click("#hangup");
        again.await("ended REMOTE HANGUP");
    }
}
