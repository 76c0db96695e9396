package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.sip.DialogSettings;
import io.copperline.sip.SipEnd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls of a trunk that are given up or refused, also at the very moment of the answer, and why (RFC 3261 section 9, RFC 3326). */
class CancelIT {
    @RegisterExtension
    static final SippTrunk TRUNK = new SippTrunk(DialogSettings.USUAL);

    @Test
    void anAnswerThatCrossesOurCancelIsAcknowledgedAndHungUp() {
        try (Sipp sipp = TRUNK.answers("answers-despite-the-cancel")) {
            FarCall call = TRUNK.call();
            call.await("ringing");
            call.hangUp();
            sipp.succeeds();
            call.await("ended LOCAL CANCELLED");
            assertEquals(List.of("trying", "ringing", "ended LOCAL CANCELLED 487"), call.events());
        }
    }

    @Test
    void aCancelThatCrossesOurAnswerChangesNothing() {
        FarCall call = TRUNK.answered("cancels-despite-the-answer");
        assertEquals(List.of("early SENDRECV", "answered", "ended REMOTE HANGUP 0"), call.events());
    }

    @Test
    void hearsThatSomebodyElseHasAnswered() {
        try (Sipp sipp = TRUNK.calls("says-why-it-gives-up")) {
            FarCall call = TRUNK.nextCall();
            call.ring();
            sipp.succeeds();
            call.await("ended REMOTE CANCELLED");
            assertEquals(26, call.end().orElseThrow().q850());
        }
    }

    @Test
    void hearsWhyItIsRefused() {
        try (Sipp sipp = TRUNK.answers("says-why-it-refuses")) {
            FarCall call = TRUNK.call();
            sipp.succeeds();
            call.await("ended REMOTE REJECTED 500");
            SipEnd end = call.end().orElseThrow();
            assertEquals(34, end.q850());
        }
    }

    @Test
    void saysWhyItRefuses() {
        try (Sipp sipp = TRUNK.calls("is-told-why")) {
            TRUNK.nextCall().reject(486, 17);
            sipp.succeeds();
        }
    }
}
