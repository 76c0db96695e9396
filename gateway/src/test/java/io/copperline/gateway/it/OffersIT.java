package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.DialogSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Offers that a trunk makes late, anew, or at the same time as we do (RFC 3261 section 14, RFC 3264, RFC 6337), against sipp. */
class OffersIT {
    private static final Duration OWNER_WAITS = Duration.ofMillis(2_100);

    @RegisterExtension
    static final SippTrunk TRUNK = new SippTrunk(DialogSettings.USUAL);

    @Test
    void offersInThe200WhereTheInviteDoesNot() {
        try (Sipp sipp = TRUNK.calls("calls-without-an-offer")) {
            FarCall call = TRUNK.nextCall();
            call.answer();
            call.await("answered");
            call.hangUp();
            sipp.succeeds();
            call.await("ended LOCAL");
            assertEquals(List.of("audio SENDRECV", "answered", "ended LOCAL HANGUP 0"), call.events());
        }
    }

    @Test
    void offersAllItHasWhereAReinviteOffersNothing() {
        FarCall call = TRUNK.answered("asks-for-our-offer");
        assertEquals(List.of("early SENDRECV", "answered", "audio SENDRECV", "ended REMOTE HANGUP 0"), call.events());
        assertEquals(TRUNK.media() + 2, call.gatewayRtp().getPort(), "the answer in the ACK counts");
    }

    @Test
    void isHeldInEachWayThatPeopleHave() {
        FarCall call = TRUNK.answered("holds-and-resumes");
        assertEquals(
                List.of(
                        "early SENDRECV",
                        "answered",
                        "audio RECVONLY", // sendonly
                        "audio SENDRECV",
                        "audio INACTIVE",
                        "audio SENDRECV",
                        "audio RECVONLY", // 0.0.0.0
                        "audio SENDRECV",
                        "ended REMOTE HANGUP 0"),
                call.events());
    }

    @Test
    void followsAnUpdateAndTakesAnEmptyOneAsASignOfLife() {
        FarCall call = TRUNK.answered("moves-its-audio-by-update");
        assertEquals(List.of("early SENDRECV", "answered", "audio SENDRECV", "ended REMOTE HANGUP 0"), call.events());
        assertEquals(TRUNK.media() + 2, call.gatewayRtp().getPort());
    }

    @Test
    void ofTwoOffersThatCrossOursWaitsLongWhereTheCallIsOurs() {
        try (Sipp sipp = TRUNK.answers("offers-at-the-same-time")) {
            FarCall call = TRUNK.call();
            call.await("answered");
            call.hold(true);
            call.await("audio SENDONLY");
            call.hangUp();
            sipp.succeeds();
            Instant refused = sipp.sent("SIP/2.0 491 ").getFirst();
            Duration waited = Duration.between(refused, sipp.received("INVITE ").getLast());
            assertTrue(waited.compareTo(OWNER_WAITS) >= 0, () -> "it came again after " + waited);
            assertEquals(TRUNK.media() + 2, call.gatewayRtp().getPort(), "theirs was taken meanwhile");
        }
    }

    @Test
    void ofTwoOffersThatCrossBothComeAgainWhereTheCallIsTheirs() {
        try (Sipp sipp = TRUNK.calls("calls-and-offers-at-the-same-time")) {
            FarCall call = TRUNK.nextCall();
            call.answer();
            Await.until("it is acknowledged", () -> !sipp.sent("ACK ").isEmpty());
            call.hold(true);
            Await.until(
                    "both have come again",
                    Duration.ofSeconds(20),
                    () -> sipp.sent("ACK ").size() == 3);
            call.hangUp();
            sipp.succeeds();
            assertEquals(TRUNK.media() + 2, call.gatewayRtp().getPort());
        }
    }

    @Test
    void aCallThatIsHungUpWhileWeOfferIsOver() {
        try (Sipp sipp = TRUNK.answers("hangs-up-while-it-is-offered-to")) {
            FarCall call = TRUNK.call();
            call.await("answered");
            call.hold(true);
            sipp.succeeds();
            call.await("ended REMOTE HANGUP");
            assertEquals(31, call.end().orElseThrow().q850());
        }
    }

    @Test
    void hangsUpWhateverIsNotAcknowledgedYet() {
        try (Sipp sipp = TRUNK.calls("is-hung-up-on-before-its-ack")) {
            FarCall call = TRUNK.nextCall();
            call.answer();
            call.await("audio SENDRECV");
            call.hangUp();
            sipp.succeeds();
            call.await("ended LOCAL HANGUP");
        }
    }
}
