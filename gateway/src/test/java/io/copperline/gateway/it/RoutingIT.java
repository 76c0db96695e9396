package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where calls go: emergency calls past a trunk that fails, and calls in to several users. */
class RoutingIT {
    /** As the browser's Geolocation API says it, which the gateway's own page does not ask. */
    private static final String CALL_FROM_HERE = """
            () => copperlinePhone.phone.call('911', {
              location: { coords: { latitude: 38.5, longitude: -77.25, accuracy: 20 } },
            })""";

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void anEmergencyCallTakesTheNextTrunkAndSaysSo() {
        Tab alice = STAGE.phone("alice");
        GatewayProcess gateway = STAGE.gateway();
        try (SippServer first =
                SippServer.udp(STAGE.directory(), gateway.ports().sipp(), "is-overloaded")) {
            alice.run(CALL_FROM_HERE);
            FarCall help = STAGE.farEnd().nextCall();
            help.answer();
            alice.untilState("Talking");
            assertTrue(first.messages().contains("INVITE sip:911@"), first::messages);
            assertTrue(first.messages().contains("<gml:pos>38.5000000 -77.2500000</gml:pos>"), first::messages);
            String why = "Trunk sipp failed the emergency call: congestion (SIP 503); trying far-end";
            Await.until(why, () -> gateway.log().stream().anyMatch(line -> line.contains(why)));
            alice.page().click("#hangup");
            help.await("ended REMOTE HANGUP");
        }
    }

    @Test
    void severalUsersRingTogetherAndTheFirstAnswerWins() {
        Tab alice = STAGE.phone("alice");
        Tab bob = STAGE.phone("bob");
        alice.run("() => copperlineTest.keepIncoming(copperlinePhone.phone)");
        FarCall far = STAGE.farEnd().call("+12025550183");
        Await.until("both ring", () -> alice.visible("#incoming") && bob.visible("#incoming"));
        bob.page().click("#answer");
        bob.untilState("Talking");
        Await.until("the other rings no more", () -> !alice.visible("#incoming"));
        assertEquals("answered-elsewhere", alice.run("() => copperlineTest.incoming.end.code"));
        far.await("answered");
        far.hangUp();
        bob.untilState("They hung up");
    }

    @Test
    void whoDeclinesInTurnGivesWayToTheNext() {
        Tab alice = STAGE.phone("alice");
        Tab bob = STAGE.phone("bob");
        FarCall far = STAGE.farEnd().call("+12025550187");
        Await.until("the first rings", () -> alice.visible("#incoming"));
        assertFalse(bob.visible("#incoming"));
        alice.page().click("#decline");
        Await.until("the next rings", () -> bob.visible("#incoming"));
        bob.page().click("#answer");
        bob.untilState("Talking");
        far.await("answered");
        far.hangUp();
        bob.untilState("They hung up");
    }
}
