package io.copperline.gateway.record;

import com.zaxxer.hikari.HikariDataSource;
import io.copperline.config.RecordSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The call records. {@link #save} may be called from a shard: it never waits. The other methods do, for the database:
 * they are for errand threads.
 */
public final class CallRecordStore implements AutoCloseable {
    /** An hour of a busy gateway while its database is being restarted. */
    private static final int QUEUE_LENGTH = 20_000;

    private static final Duration DRAIN_TIME = Duration.ofSeconds(15);

    /** What {@link #recent} gives at most. */
    public static final int LARGEST_PAGE = 1_000;

    private final HikariDataSource database;
    private final RecordWriter writer;

    private CallRecordStore(HikariDataSource database) {
        this.database = database;
        this.writer = new RecordWriter(database, QUEUE_LENGTH, DRAIN_TIME);
    }

    /**
     * Opens the database, and makes or updates its schema.
     *
     * @throws RecordsUnavailable where it cannot be reached or is somebody else's
     */
    public static CallRecordStore open(RecordSettings settings, Path dataDirectory) {
        return new CallRecordStore(RecordDatabase.open(settings, dataDirectory));
    }

    /**
     * Hands a record to the writer.
     *
     * @return false where the queue is full or the store is closed: the record is lost, and counted in {@link #dropped}
     */
    public boolean save(CallRecord record) {
        return writer.offer(record);
    }

    /** Records that wait for the database. */
    public int pending() {
        return writer.pending();
    }

    /** Records that were lost: the queue was full, or the database refused them. */
    public long dropped() {
        return writer.dropped();
    }

    /** The record of one call, once it is written. */
    public Optional<CallRecord> find(String callId) {
        return select("where call_id = ?", 1, statement -> statement.setString(1, callId)).stream()
                .findFirst();
    }

    /** The last calls of a user, the latest first. */
    public List<CallRecord> recent(String user, int limit) {
        int page = Math.clamp(limit, 0, LARGEST_PAGE);
        return select(
                "where web_user = ? order by started_at desc, call_id",
                page,
                statement -> statement.setString(1, user));
    }

    /**
     * What calls out by rules have talked that ended after {@code time}, one after the other: there may be many. Emergency calls
     * go by no rule.
     */
    public void talkedSince(Instant time, Consumer<Talk> each) {
        String sql =
                "select web_user, case when forwarded_to = '' then trunk else forward_trunk end, rule, answered_at, ended_at"
                        + " from call_records where ended_at > ? and answered_at is not null and rule <> ''";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, time.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.accept(new Talk(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            instant(rows, 4),
                            instant(rows, 5)));
                }
            }
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /**
     * Forgets calls that ended before {@code time}.
     *
     * @return how many
     */
    public int deleteBefore(Instant time) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from call_records where ended_at < ?")) {
            delete.setObject(1, time.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        } catch (SQLException e) {
            throw away(e);
        }
    }

    /** Writes what waits, then lets the database go. */
    @Override
    public void close() {
        writer.close();
        database.close();
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private List<CallRecord> select(String where, int limit, Binding binding) {
        String sql = "select " + CallRecordRow.COLUMNS + " from call_records " + where;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            // Some drivers take a maximum of 0 for no maximum.
            statement.setMaxRows(Math.max(1, limit));
            binding.bind(statement);
            List<CallRecord> records = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next() && records.size() < limit) {
                    records.add(CallRecordRow.read(rows));
                }
            }
            return records;
        } catch (SQLException e) {
            throw away(e);
        }
    }

    private static RecordsUnavailable away(SQLException e) {
        return new RecordsUnavailable("The database of call records is away: " + e.getMessage(), e);
    }
}
