package io.copperline.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.config.RecordSettings;
import io.copperline.gateway.record.CallRecord.LegQuality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallRecordStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");
    private static final RecordSettings EMBEDDED =
            new RecordSettings(Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofDays(90));

    @TempDir
    Path data;

    @Test
    void readsBackWhatWasSavedAfterACleanStop() {
        CallRecord answered = record("a", "alice", NOON, Optional.of(NOON.plusSeconds(5)));
        CallRecord missed = record("b", "alice", NOON.plusSeconds(60), Optional.empty());
        save(answered, missed, record("c", "bob", NOON, Optional.empty()));
        try (CallRecordStore store = open()) {
            assertEquals(Optional.of(answered), store.find("a"));
            assertEquals(List.of(missed, answered), store.recent("alice", 10));
            assertEquals(List.of(missed), store.recent("alice", 1));
            assertEquals(List.of(), store.recent("alice", 0));
            assertEquals(Optional.empty(), store.find("nobody's"));
        }
    }

    @Test
    void losesNothingOfABurstAtACleanStop() {
        CallRecordStore store = open();
        for (int i = 0; i < 2_000; i++) {
            assertTrue(store.save(record("call-" + i, "alice", NOON, Optional.empty())));
        }
        store.close();
        assertEquals(0, store.pending());
        assertEquals(0, store.dropped());
        try (CallRecordStore again = open()) {
            assertEquals(
                    CallRecordStore.LARGEST_PAGE, again.recent("alice", 5_000).size());
            assertTrue(again.find("call-1999").isPresent());
        }
    }

    @Test
    void forgetsOldCalls() {
        save(
                record("old", "alice", NOON.minusSeconds(600), Optional.empty()),
                record("new", "alice", NOON, Optional.empty()));
        try (CallRecordStore store = open()) {
            assertEquals(1, store.deleteBefore(NOON));
            assertTrue(store.find("old").isEmpty());
            assertTrue(store.find("new").isPresent());
        }
    }

    @Test
    void tellsWhatWasTalkedLately() {
        save(
                record("before", "alice", NOON, Optional.of(NOON.plusSeconds(5))),
                record("missed", "alice", NOON.plusSeconds(60), Optional.empty()),
                record("on", "", NOON.plusSeconds(60), Optional.of(NOON.plusSeconds(65))));
        try (CallRecordStore store = open()) {
            List<Talk> talks = new ArrayList<>();
            store.talkedSince(NOON.plusSeconds(65), talks::add);
            assertEquals(
                    List.of(new Talk("", "backup", "line 7, prefix +1", NOON.plusSeconds(65), NOON.plusSeconds(125))),
                    talks);
        }
    }

    @Test
    void cutsTextThatIsTooLongAndKeepsTheFirstOfTwoRecordsOfOneCall() {
        String long300 = "x".repeat(300);
        save(record("a", long300 + "\0", NOON, Optional.empty()), record("a", "second", NOON, Optional.empty()));
        try (CallRecordStore store = open()) {
            assertEquals("x".repeat(255), store.find("a").orElseThrow().user());
        }
    }

    @Test
    void countsWhatComesAfterTheStop() {
        CallRecordStore store = open();
        store.close();
        assertFalse(store.save(record("late", "alice", NOON, Optional.empty())));
        assertEquals(1, store.dropped());
    }

    @Test
    void saysWhichDatabaseCannotBeUsedAndNotItsPassword() {
        RecordSettings nowhere = new RecordSettings(
                Optional.of("jdbc:postgresql://me:pass1@127.0.0.1:1/calls?password=pass2&connectTimeout=1"),
                Optional.of("me"),
                Optional.of(new Secret("pass3")),
                Duration.ofDays(1));
        String message = assertThrows(RecordsUnavailable.class, () -> CallRecordStore.open(nowhere, data))
                .getMessage();
        assertTrue(
                message.startsWith("The database of call records, jdbc:postgresql://127.0.0.1:1/calls, cannot"),
                message);
        assertFalse(message.contains("pass1") || message.contains("pass2") || message.contains("pass3"), message);
    }

    @Test
    void keepsTheEmbeddedDatabaseInTheDataDirectory() {
        open().close();
        assertTrue(Files.exists(data.resolve("records.mv.db")));
    }

    private CallRecordStore open() {
        return CallRecordStore.open(EMBEDDED, data);
    }

    private void save(CallRecord... records) {
        try (CallRecordStore store = open()) {
            List.of(records).forEach(store::save);
        }
    }

    static CallRecord record(String callId, String user, Instant startedAt, Optional<Instant> answeredAt) {
        return new CallRecord(
                callId,
                user,
                "outbound",
                "+12025550150",
                "+12025550100",
                "lab",
                startedAt,
                Optional.of(startedAt.plusSeconds(1)),
                answeredAt,
                startedAt.plusSeconds(65),
                "hangup",
                200,
                16,
                "browser",
                "abc@127.0.0.1",
                "PCMU",
                new LegQuality(1, 2, 3, 4, 5, 4.28, 3.1),
                new LegQuality(6, 7, 8, 9, 10, 4.41, 1),
                11,
                12,
                "no-audio:trunk",
                "+12025550177",
                "no-answer",
                "TN-Validation-Passed-A",
                "+12025550178",
                "backup",
                "def@127.0.0.1",
                "PCMA",
                new LegQuality(11, 12, 13, 14, 15, 4.4, 2),
                "line 7, prefix +1",
                "503 Service Unavailable");
    }
}
