package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.FreePorts;
import io.copperline.sip.DialogSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reliable provisional responses (RFC 3262) of a trunk against sipp, both ways. */
class PrackIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(PrackIT.class);
    private static final int OWN = FreePorts.one();
    private static final int SIPP = FreePorts.one();
    private static FarEnd trunk;

    @BeforeAll
    static void open() {
        trunk = new FarEnd(OWN, SIPP, DialogSettings.USUAL);
    }

    @AfterEach
    void allIsOver() {
        trunk.endCalls();
    }

    @AfterAll
    static void close() {
        trunk.close();
    }

    @Test
    void acknowledgesTheCarriersRingingAndTakesItsEarlyAnswer() {
        try (Sipp sipp = Sipp.answers(DIRECTORY, SIPP, "rings-reliably")) {
            FarCall call = trunk.call("100");
            call.await("answered");
            assertEquals(List.of("trying", "ringing", "early SENDRECV", "answered"), call.events());
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void ringsReliablyForACallerWhoRequiresIt() {
        try (Sipp sipp = Sipp.calls(DIRECTORY, OWN, SIPP, "100", "wants-reliable-ringing")) {
            FarCall call = trunk.nextCall();
            call.ring();
            call.earlyMedia();
            call.answer();
            sipp.succeeds();
            call.await("ended REMOTE HANGUP");
            assertTrue(sipp.messages().split("SIP/2.0 180 ", -1).length > 2, "it is repeated until its PRACK");
        }
    }

    @Test
    void offersInA183WhereTheInviteDoesNot() {
        try (Sipp sipp = Sipp.calls(DIRECTORY, OWN, SIPP, "100", "answers-in-its-prack")) {
            FarCall call = trunk.nextCall();
            call.earlyMedia();
            call.await("early SENDRECV");
            call.answer();
            call.await("answered");
            Await.until("it is acknowledged", () -> sipp.messages().contains("\nACK sip:"));
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void answersAnOfferInAPrack() {
        try (Sipp sipp = Sipp.calls(DIRECTORY, OWN, SIPP, "100", "offers-anew-in-its-prack")) {
            FarCall call = trunk.nextCall();
            call.earlyMedia();
            call.answer();
            sipp.succeeds();
            call.await("ended REMOTE HANGUP");
            assertEquals(
                    2,
                    call.events().stream().filter("early SENDRECV"::equals).count(),
                    "the offer in PRACK moved the audio");
        }
    }
}
