package io.copperline.config;

import io.copperline.codecs.Secret;
import java.time.Duration;

/** {@code records}. */
final class RecordSection {
    private static final Key<String> URL = Key.open(
            "url",
            NetTypes.JDBC_URL,
            "jdbc:postgresql://127.0.0.1/copperline",
            "The database, PostgreSQL or H2. Default: an embedded H2 in data-directory.");
    private static final Key<String> USERNAME = Key.open("username", Types.TEXT, "copperline", "Its user.");
    private static final Key<Secret> PASSWORD =
            Key.open("password", Types.SECRET, "${file:database-password}", "The user's password.");
    private static final Key<Duration> RETENTION = Key.of(
            "retention",
            Types.duration(Duration.ofHours(1), Duration.ofDays(36_500), ""),
            "90d",
            "How long records are kept.");

    static final Section TABLE =
            Section.of("records", "The database of call records.", URL, USERNAME, PASSWORD, RETENTION);

    private RecordSection() {}

    static RecordSettings read(Fields records) {
        return new RecordSettings(
                records.maybe(URL), records.maybe(USERNAME), records.maybe(PASSWORD), records.one(RETENTION));
    }
}
