package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.copperline.config.RecordSettings;
import io.copperline.gateway.record.CallRecord;
import io.copperline.gateway.record.CallRecord.LegQuality;
import io.copperline.gateway.record.CallRecordStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The minutes of a day, over more than one run of the gateway. */
class MinutesIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(MinutesIT.class);
    private static final Ports PORTS = Ports.free();
    private static final String NUMBER = "+12025550100";
    private static final String RULE = "line 18, prefix +1202555";

    @Test
    void theMinutesOfTheDayEndACallAndOutliveARestart() throws Exception {
        Instant now = Instant.now();
        inRecords(store -> store.save(talkedUntil(now)));
        try (GatewayProcess gateway = gateway(now)) {
            gateway.start();
            try (HttpCall call = HttpCall.place(gateway, NUMBER)) {
                assertEquals("ended minutes-used-up", call.story().getLast());
            }
        }
        inRecords(store -> {
            CallRecord last = store.recent("alice", 1).getFirst();
            assertEquals("minutes-used-up", last.endCode());
            assertEquals(RULE, last.rule());
        });
        try (GatewayProcess again = gateway(now)) {
            again.start();
            try (HttpCall call = HttpCall.place(again, NUMBER)) {
                assertEquals("ended limit-reached", call.story().getLast());
            }
        }
    }

    /** Where it is noon now, so that no midnight comes between. */
    private static GatewayProcess gateway(Instant now) {
        int ahead = 12 - now.atOffset(ZoneOffset.UTC).getHour();
        String noon = "  time-zone: \"" + ZoneOffset.ofHours(ahead) + "\"\n";
        return new GatewayProcess(PORTS, DIRECTORY, Family.IPV4, "", noon, "/it/minutes.yaml");
    }

    private interface Step {
        void take(CallRecordStore store);
    }

    private static void inRecords(Step step) throws Exception {
        Path data = Files.createDirectories(DIRECTORY.resolve("data"));
        RecordSettings embedded =
                new RecordSettings(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofDays(1));
        try (CallRecordStore store = CallRecordStore.open(embedded, data)) {
            step.take(store);
        }
    }

    /** A call of 58 s, of somebody else's by the same trunk. */
    private static CallRecord talkedUntil(Instant end) {
        return new CallRecord(
                "an-earlier-call",
                "bob",
                "outbound",
                "+12025550151",
                NUMBER,
                "lab",
                end.minusSeconds(60),
                Optional.empty(),
                Optional.of(end.minusSeconds(58)),
                end,
                "hangup",
                0,
                16,
                "browser",
                "",
                "PCMU",
                LegQuality.NONE,
                LegQuality.NONE,
                0,
                0,
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                LegQuality.NONE,
                RULE,
                "");
    }
}
