package io.copperline.gateway.it;

import io.copperline.sip.DialogSettings;
import io.copperline.sip.Prack;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Session timers (RFC 4028) of a trunk against sipp, with sessions of a few seconds. */
class SessionTimerIT {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @RegisterExtension
    static final SippTrunk TRUNK =
            new SippTrunk(new DialogSettings(Duration.ofSeconds(8), Duration.ofSeconds(4), Prack.SUPPORTED));

    @Test
    void livesWhileThePeerRefreshes() {
        try (Sipp sipp = TRUNK.answers("refreshes-the-session")) {
            FarCall call = TRUNK.call();
            sipp.succeeds();
            call.await("ended REMOTE HANGUP");
        }
    }

    @Test
    void asksForALongerSessionAfterA422AndRefreshesByUpdate() {
        try (Sipp sipp = TRUNK.answers("wants-longer-sessions")) {
            FarCall call = TRUNK.call();
            Await.until("it was refreshed", LONGEST, () -> sipp.messages().contains("\nUPDATE sip:sipp@"));
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void endsTheCallThatNobodyRefreshes() {
        try (Sipp sipp = TRUNK.answers("never-refreshes")) {
            FarCall call = TRUNK.call();
            call.await("ended STACK SESSION_EXPIRED", LONGEST);
            sipp.succeeds();
        }
    }

    @Test
    void endsTheHeldCallThatACarrierWithoutTimersHasForgotten() {
        try (Sipp sipp = TRUNK.answers("forgets-a-held-call")) {
            FarCall call = TRUNK.call();
            call.await("answered");
            call.hold(true);
            call.await("ended STACK SESSION_EXPIRED", LONGEST);
            sipp.succeeds();
        }
    }

    @Test
    void refreshesByReinviteWhereTheCallerKnowsNoUpdate() {
        try (Sipp sipp = TRUNK.calls("is-refreshed-by-reinvite")) {
            FarCall call = TRUNK.nextCall();
            call.answer();
            Await.until("it was refreshed", LONGEST, () -> sipp.messages().contains("\nINVITE sip:+14045550100@"));
            Await.until("and acknowledged", () -> sipp.messages().contains("\nACK sip:sipp@"));
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void tellsTheCallerTheLeastThatASessionMustLast() {
        try (Sipp sipp = TRUNK.calls("asks-for-too-short-a-session")) {
            TRUNK.nextCall().answer();
            sipp.succeeds();
        }
    }
}
