package io.copperline.gateway.record;

import io.copperline.gateway.record.CallRecord.LegQuality;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** A {@link CallRecord} as a row: the columns, in the one order that writing and reading share. */
final class CallRecordRow {
    static final String COLUMNS = "call_id, web_user, direction, from_number, to_number, trunk, started_at, ringing_at,"
            + " answered_at, ended_at, end_code, sip_status, q850, ended_by, sip_call_id, codec, browser_sent,"
            + " browser_received, browser_lost, browser_jitter_ms, browser_roundtrip_ms, browser_mos, browser_worst_mos,"
            + " trunk_sent, trunk_received, trunk_lost, trunk_jitter_ms, trunk_roundtrip_ms, trunk_mos, trunk_worst_mos,"
            + " digits_to_phone, digits_from_phone, media_trouble, diverted_by, diversion_reason, verstat,"
            + " forwarded_to, forward_trunk, forward_sip_call_id, forward_codec, forward_sent,"
            + " forward_received, forward_lost, forward_jitter_ms, forward_roundtrip_ms, forward_mos,"
            + " forward_worst_mos, rule, cause";

    static final String INSERT =
            "insert into call_records (" + COLUMNS + ") values (" + "?, ".repeat(COLUMNS.split(",").length - 1) + "?)";

    private static final int ID_LENGTH = 64;
    private static final int TEXT_LENGTH = 255;

    private int column;

    private CallRecordRow() {}

    static void bind(PreparedStatement statement, CallRecord record) throws SQLException {
        new CallRecordRow().write(statement, record);
    }

    static CallRecord read(ResultSet row) throws SQLException {
        return new CallRecordRow().next(row);
    }

    private void write(PreparedStatement to, CallRecord record) throws SQLException {
        text(to, record.callId(), ID_LENGTH);
        text(to, record.user(), TEXT_LENGTH);
        text(to, record.direction(), 16);
        text(to, record.from(), TEXT_LENGTH);
        text(to, record.to(), TEXT_LENGTH);
        text(to, record.trunk(), TEXT_LENGTH);
        time(to, Optional.of(record.startedAt()));
        time(to, record.ringingAt());
        time(to, record.answeredAt());
        time(to, Optional.of(record.endedAt()));
        text(to, record.endCode(), ID_LENGTH);
        number(to, record.sipStatus());
        number(to, record.q850());
        text(to, record.endedBy(), 16);
        text(to, record.sipCallId(), TEXT_LENGTH);
        text(to, record.codec(), 32);
        quality(to, record.browser());
        quality(to, record.trunkLeg());
        number(to, record.digitsToPhone());
        number(to, record.digitsFromPhone());
        text(to, record.mediaTrouble(), TEXT_LENGTH);
        text(to, record.divertedBy(), TEXT_LENGTH);
        text(to, record.diversionReason(), 32);
        text(to, record.verstat(), 32);
        text(to, record.forwardedTo(), TEXT_LENGTH);
        text(to, record.forwardTrunk(), TEXT_LENGTH);
        text(to, record.forwardSipCallId(), TEXT_LENGTH);
        text(to, record.forwardCodec(), 32);
        quality(to, record.forwardLeg());
        text(to, record.rule(), TEXT_LENGTH);
        text(to, record.cause(), TEXT_LENGTH);
    }

    private CallRecord next(ResultSet from) throws SQLException {
        return new CallRecord(
                text(from),
                text(from),
                text(from),
                text(from),
                text(from),
                text(from),
                time(from).orElseThrow(),
                time(from),
                time(from),
                time(from).orElseThrow(),
                text(from),
                number(from),
                number(from),
                text(from),
                text(from),
                text(from),
                quality(from),
                quality(from),
                number(from),
                number(from),
                text(from),
                text(from),
                text(from),
                text(from),
                text(from),
                text(from),
                text(from),
                text(from),
                quality(from),
                text(from),
                text(from));
    }

    /** Call-IDs and numbers come from outside: what does not fit is cut, and NUL, which PostgreSQL refuses, goes. */
    private void text(PreparedStatement to, String value, int longest) throws SQLException {
        String clean = value.replace("\0", "");
        to.setString(++column, clean.length() <= longest ? clean : clean.substring(0, longest));
    }

    private void number(PreparedStatement to, int value) throws SQLException {
        to.setInt(++column, value);
    }

    private void score(PreparedStatement to, double value) throws SQLException {
        to.setBigDecimal(++column, BigDecimal.valueOf(value));
    }

    private void time(PreparedStatement to, Optional<Instant> value) throws SQLException {
        // Null is how JDBC says "no value".
        to.setObject(++column, value.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null));
    }

    private void quality(PreparedStatement to, LegQuality leg) throws SQLException {
        number(to, leg.packetsSent());
        number(to, leg.packetsReceived());
        number(to, leg.packetsLost());
        number(to, leg.jitterMillis());
        number(to, leg.roundTripMillis());
        score(to, leg.mos());
        score(to, leg.worstMos());
    }

    private String text(ResultSet from) throws SQLException {
        return from.getString(++column);
    }

    private int number(ResultSet from) throws SQLException {
        return from.getInt(++column);
    }

    private double score(ResultSet from) throws SQLException {
        return from.getBigDecimal(++column).doubleValue();
    }

    private Optional<Instant> time(ResultSet from) throws SQLException {
        return Optional.ofNullable(from.getObject(++column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }

    private LegQuality quality(ResultSet from) throws SQLException {
        return new LegQuality(
                number(from), number(from), number(from), number(from), number(from), score(from), score(from));
    }
}
