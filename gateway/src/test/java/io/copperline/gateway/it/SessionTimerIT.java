package io.copperline.gateway.it;

import io.copperline.gateway.FreePorts;
import io.copperline.sip.DialogSettings;
import io.copperline.sip.Prack;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Session timers (RFC 4028) of a trunk against sipp, with sessions of a few seconds. */
class SessionTimerIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(SessionTimerIT.class);
    private static final int OWN = FreePorts.one();
    private static final int SIPP = FreePorts.one();
    private static FarEnd trunk;

    @BeforeAll
    static void open() {
        trunk = new FarEnd(
                OWN, SIPP, new DialogSettings(Duration.ofSeconds(4), Duration.ofSeconds(2), Prack.SUPPORTED));
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
    void livesWhileThePeerRefreshes() {
        try (Sipp sipp = Sipp.answers(DIRECTORY, SIPP, "refreshes-the-session")) {
            FarCall call = trunk.call("100");
            sipp.succeeds();
            call.await("ended REMOTE HANGUP");
        }
    }

    @Test
    void asksForALongerSessionAfterA422AndRefreshesByUpdate() {
        try (Sipp sipp = Sipp.answers(DIRECTORY, SIPP, "wants-longer-sessions")) {
            FarCall call = trunk.call("100");
            Await.until("it was refreshed", () -> sipp.messages().contains("\nUPDATE sip:sipp@"));
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void endsTheCallThatNobodyRefreshes() {
        try (Sipp sipp = Sipp.answers(DIRECTORY, SIPP, "never-refreshes")) {
            FarCall call = trunk.call("100");
            call.await("ended STACK SESSION_EXPIRED");
            sipp.succeeds();
        }
    }

    @Test
    void refreshesByReinviteWhereTheCallerKnowsNoUpdate() {
        try (Sipp sipp = Sipp.calls(DIRECTORY, OWN, SIPP, "100", "is-refreshed-by-reinvite")) {
            FarCall call = trunk.nextCall();
            call.answer();
            Await.until("it was refreshed", () -> sipp.messages().contains("\nINVITE sip:+14045550100@"));
            Await.until("and acknowledged", () -> sipp.messages().contains("\nACK sip:sipp@"));
            call.hangUp();
            sipp.succeeds();
        }
    }

    @Test
    void tellsTheCallerTheLeastThatASessionMustLast() {
        try (Sipp sipp = Sipp.calls(DIRECTORY, OWN, SIPP, "100", "asks-for-too-short-a-session")) {
            trunk.nextCall().answer();
            sipp.succeeds();
        }
    }
}
