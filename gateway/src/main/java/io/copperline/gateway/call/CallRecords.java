package io.copperline.gateway.call;

import io.copperline.gateway.media.MediaReport;
import io.copperline.gateway.media.OpinionScores;
import io.copperline.gateway.record.CallRecord;
import io.copperline.gateway.record.CallRecord.LegQuality;
import io.copperline.sip.Diversion;
import java.time.Instant;
import java.util.Optional;

/** What is kept of a call that has ended. */
final class CallRecords {
    private CallRecords() {}

    static CallRecord of(
            Call call,
            Instant startedAt,
            String trunk,
            Optional<String> sipCallId,
            CallEvent.Ended last,
            MediaReport report) {
        CallStory story = call.story();
        Forwarded forwarded = call.forwarded();
        return new CallRecord(
                call.id().value(),
                call.parties().user(),
                CallStory.wireName(call.parties().direction()),
                call.parties().from(),
                call.parties().to(),
                trunk,
                startedAt,
                story.first(CallEvent.Ringing.class).map(CallEvent.Ringing::at),
                story.first(CallEvent.Answered.class).map(CallEvent.Answered::at),
                last.at(),
                last.code().wireName(),
                last.sipStatus(),
                last.q850(),
                CallStory.wireName(last.by()),
                sipCallId.orElse(""),
                report.codec(),
                quality(report.browser(), report.browserScores()),
                quality(report.trunk(), report.trunkScores()),
                story.digits(CallEvent.Direction.TO_PHONE),
                story.digits(CallEvent.Direction.FROM_PHONE),
                story.trouble(),
                call.parties().details().diversion().map(Diversion::number).orElse(""),
                call.parties()
                        .details()
                        .diversion()
                        .map(who -> who.reason().wireName())
                        .orElse(""),
                call.parties().details().verstat(),
                forwarded.to(),
                forwarded.trunk(),
                forwarded.sipCallId(),
                forwarded.codec(),
                quality(forwarded.figures(), forwarded.scores()),
                call.moves().rule(),
                last.cause());
    }

    private static LegQuality quality(MediaReport.Leg leg, OpinionScores scores) {
        return new LegQuality(
                Math.toIntExact(leg.packetsSent()),
                Math.toIntExact(leg.packetsReceived()),
                Math.toIntExact(leg.packetsLost()),
                leg.jitterMillis(),
                Math.max(0, leg.roundTripMillis()),
                scores.mean(),
                scores.worst());
    }
}
