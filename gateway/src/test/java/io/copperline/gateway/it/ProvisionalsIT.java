package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.DialogSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Provisional responses of a trunk against sipp, both ways: reliable (RFC 3262), of several early dialogs, with early media. */
class ProvisionalsIT {
    @RegisterExtension
    static final SippTrunk TRUNK = new SippTrunk(DialogSettings.USUAL);

    @Test
    void acknowledgesTheCarriersRingingAndTakesItsEarlyAnswer() {
        try (Sipp sipp = TRUNK.answers("rings-reliably")) {
            FarCall call = TRUNK.call();
            call.await("answered");
            assertEquals(List.of("trying", "ringing", "early SENDRECV", "answered"), call.events());
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void hearsOnlyAuthorizedEarlyMediaAndTheForkThatIsLeft() {
        try (Sipp sipp = TRUNK.answers("rings-in-two-places")) {
            FarCall call = TRUNK.call();
            call.await("answered");
            assertEquals(
                    List.of(
                            "trying",
                            "early SENDONLY", // the first place, not yet authorized
                            "early SENDRECV",
                            "early SENDRECV", // the second place
                            "early SENDRECV", // which gives up
                            "answered"),
                    call.events());
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void ringsReliablyForACallerWhoRequiresIt() {
        try (Sipp sipp = TRUNK.calls("wants-reliable-ringing")) {
            FarCall call = TRUNK.nextCall();
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
        try (Sipp sipp = TRUNK.calls("answers-in-its-prack")) {
            FarCall call = TRUNK.nextCall();
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
        try (Sipp sipp = TRUNK.calls("offers-anew-in-its-prack")) {
            FarCall call = TRUNK.nextCall();
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
