package io.copperline.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.TrunkState;
import io.copperline.sip.TrunkState.Health;
import io.copperline.sip.TrunkState.Registration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final TrunkState CARRIER = new TrunkState(
            Registration.FAILED,
            Optional.empty(),
            Optional.empty(),
            Health.DEGRADED,
            Optional.of(Duration.ofMillis(20)),
            Optional.empty(),
            Optional.empty(),
            3,
            1,
            2,
            List.of(account(Registration.REGISTERED), account(Registration.FAILED)));

    private static TrunkState.AccountState account(Registration registration) {
        return new TrunkState.AccountState("12025550150", registration, Optional.empty(), Optional.empty());
    }

    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void asksTheRoomsAtEachScrape() {
        AtomicInteger calls = new AtomicInteger(3);
        AtomicLong replays = new AtomicLong(7);
        metrics.ledger("calls", calls::get);
        metrics.drops("lock", "replay", replays::get);
        System.gc(); // Micrometer's own references to suppliers are weak.
        assertEquals("3.0", value("copperline_ledger{item=\"calls\"}"));
        assertEquals("7.0", value("copperline_drops_total{reason=\"replay\",room=\"lock\"}"));
        calls.set(0);
        replays.set(9);
        assertEquals("0.0", value("copperline_ledger{item=\"calls\"}"));
        assertEquals("9.0", value("copperline_drops_total{reason=\"replay\",room=\"lock\"}"));
    }

    @Test
    void countsOpinionScoresByGrade() {
        metrics.opinionScore("browser", 4.5);
        metrics.opinionScore("browser", 3.0);
        assertEquals("2", value("copperline_call_mos_count{leg=\"browser\"}"));
        assertEquals("7.5", value("copperline_call_mos_sum{leg=\"browser\"}"));
        assertEquals("1.0", value("copperline_calls_rated_total{grade=\"good\",leg=\"browser\"}"));
        assertEquals("1.0", value("copperline_calls_rated_total{grade=\"poor\",leg=\"browser\"}"));
    }

    @Test
    void takesReasonsThatComeUpLater() {
        Map<String, Long> counts = new ConcurrentHashMap<>(Map.of("bad-token", 1L));
        metrics.drops("web", () -> counts);
        assertEquals("1.0", value("copperline_drops_total{reason=\"bad-token\",room=\"web\"}"));
        counts.put("too-large", 2L);
        counts.put("bad-token", 4L);
        assertEquals("2.0", value("copperline_drops_total{reason=\"too-large\",room=\"web\"}"));
        assertEquals("4.0", value("copperline_drops_total{reason=\"bad-token\",room=\"web\"}"));
    }

    @Test
    void countsCalls() {
        metrics.callStarted("outbound");
        metrics.callEnded("busy");
        metrics.callEnded("busy");
        assertEquals("1.0", value("copperline_calls_started_total{direction=\"outbound\"}"));
        assertEquals("2.0", value("copperline_calls_ended_total{code=\"busy\"}"));
    }

    @Test
    void showsTrunks() {
        metrics.trunk("carrier", () -> CARRIER);
        assertEquals("0.0", value("copperline_trunk_usable{trunk=\"carrier\"}"));
        assertEquals("0.0", value("copperline_trunk_registered{trunk=\"carrier\"}"));
        assertEquals("1.0", value("copperline_trunk_reachable{trunk=\"carrier\"}"));
        assertEquals("1.0", value("copperline_trunk_degraded{trunk=\"carrier\"}"));
        assertEquals("3.0", value("copperline_trunk_servers{trunk=\"carrier\"}"));
        assertEquals("1.0", value("copperline_trunk_servers_down{trunk=\"carrier\"}"));
        assertEquals("0.0", value("copperline_trunk_lookup_failing{trunk=\"carrier\"}"));
        assertEquals("1.0", value("copperline_trunk_account_registered{account=\"1\",trunk=\"carrier\"}"));
        assertEquals("0.0", value("copperline_trunk_account_registered{account=\"2\",trunk=\"carrier\"}"));
        assertEquals("2.0", value("copperline_trunk_legs{trunk=\"carrier\"}"));
        assertEquals("0.02", value("copperline_trunk_round_trip_seconds{trunk=\"carrier\"}"));
    }

    @Test
    void tellsOfTheMachineToo() {
        String text = metrics.scrape();
        for (String name : List.of("jvm_memory_used_bytes", "process_files_open_files", "jvm_threads_live_threads")) {
            assertTrue(text.contains(name), name);
        }
    }

    @Test
    void isDocumented() throws IOException {
        metrics.ledger("calls", () -> 0);
        metrics.drops("lock", "replay", () -> 0);
        metrics.callStarted("outbound");
        metrics.callEnded("busy");
        metrics.trunk("carrier", () -> CARRIER);
        String documentation = Files.readString(Path.of("../docs/metrics.md"));
        metrics.scrape()
                .lines()
                .filter(line -> line.startsWith("copperline_"))
                .map(line -> line.substring(0, line.indexOf('{')))
                .forEach(name -> assertTrue(documentation.contains("`" + name + "`"), name));
    }

    private String value(String series) {
        return metrics.scrape()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .findFirst()
                .orElse("no such series");
    }
}
