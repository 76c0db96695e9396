package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway that asks a scripted carrier by OPTIONS whether it lives, and what becomes of calls meanwhile. */
class ProbesIT {
    private static final String PROBED_THEN_LARGE = "+14045550110";
    /** Three failures or two answers with 5 s between them, and as long again for an interval that has just begun. */
    private static final Duration SURE = Duration.ofSeconds(40);

    @RegisterExtension
    static final Stage STAGE = new Stage(Family.IPV4, "ice: full").configuredBy("/it/carriers.yaml");

    private static SippServer carrier(String host, String scenario) {
        return SippServer.at(STAGE.directory(), STAGE.carrier().at(host), scenario);
    }

    @Test
    void callsGoPastATrunkThatIsDownUntilItIsUpAgain() {
        GatewayProcess gateway = STAGE.gateway();
        try (SippServer large = carrier("127.0.0.9", "answers")) {
            try (SippServer _ = carrier("127.0.0.10", "answers-options")) {
                awaitHealth("reachable", 1);
            }
            try (SippServer probed = carrier("127.0.0.10", "is-down-for-maintenance")) {
                awaitHealth("usable", 0);
                assertEquals(0, health("reachable"));
                assertEquals(1, health("servers_down"));
                assertTrue(probed.received("OPTIONS ").size() >= 3, "one failure is not enough");
                talk();
                assertEquals(1, large.invites());
            }
            String why = "Trunk probed is DOWN: OPTIONS to UDP 127.0.0.10 port";
            Await.until(
                    "the log says why",
                    () -> gateway.log().stream()
                            .anyMatch(line -> line.contains(why) && line.contains("503 Service Unavailable")));
            try (SippServer probed = carrier("127.0.0.10", "answers-options")) {
                awaitHealth("usable", 1);
                assertTrue(probed.received("OPTIONS ").size() >= 2, "one answer is not enough");
                assertEquals(0, health("servers_down"));
            }
            try (SippServer probed = carrier("127.0.0.10", "answers")) {
                talk();
                assertEquals(1, probed.invites());
                assertEquals(1, large.invites());
            }
        }
    }

    private static void talk() {
        try (HttpCall call = HttpCall.place(STAGE.gateway(), PROBED_THEN_LARGE)) {
            call.awaitState("answered");
            call.hangUp();
            // The carrier may go now.
            Await.until("its BYE is answered", () -> STAGE.gateway().openTransactions() == 0);
        }
    }

    private static double health(String what) {
        return STAGE.gateway().metric("copperline_trunk_" + what + "{trunk=\"probed\"}");
    }

    private static void awaitHealth(String what, double wanted) {
        Await.until("the trunk is " + what + ": " + wanted, SURE, () -> health(what) == wanted);
    }
}
