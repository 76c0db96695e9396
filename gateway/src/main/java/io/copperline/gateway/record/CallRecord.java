package io.copperline.gateway.record;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of one call. Times are kept to the microsecond. Text that is not known is empty.
 *
 * @param user the web user
 * @param direction {@code outbound} (from the browser) or {@code inbound}
 * @param from the caller's number, in E.164 where it could be normalised
 * @param to the called number, likewise
 * @param trunk the trunk that carried the call, or was tried last
 * @param answeredAt when paid time began; empty: never answered
 * @param endCode one of the codes of {@code docs/end-codes.md}
 * @param sipStatus the final SIP status, or 0 where none was involved
 * @param q850 the Q.850 cause, or 0 where none is known
 * @param endedBy {@code browser}, {@code trunk} or {@code gateway}
 * @param sipCallId the trunk leg's Call-ID, to find the call in the carrier's books
 * @param codec the trunk's codec
 * @param digitsToPhone digits that were sent on the trunk
 * @param digitsFromPhone digits that came from the trunk
 * @param mediaTrouble what was wrong with the audio and on whose side, such as {@code no-audio:trunk}
 * @param divertedBy the number that has forwarded the call, in E.164 where it could be normalised
 * @param diversionReason why, such as {@code no-answer}; empty where nobody has
 * @param verstat whether the caller of a call in is who he says, such as {@code TN-Validation-Passed-A}; empty: unchecked
 * @param forwardedTo the number to which a call in went on, in E.164; empty where it did not
 * @param forwardTrunk the trunk by which it went on, or that was tried last
 * @param forwardSipCallId that trunk leg's Call-ID
 * @param forwardCodec that leg's codec
 * @param rule the rule by which the call has gone out, or on; empty where it has not, or is an emergency call
 * @param cause why it failed, in words, as the log has it; empty where a side hung up or the end code says all
 */
public record CallRecord(
        String callId,
        String user,
        String direction,
        String from,
        String to,
        String trunk,
        Instant startedAt,
        Optional<Instant> ringingAt,
        Optional<Instant> answeredAt,
        Instant endedAt,
        String endCode,
        int sipStatus,
        int q850,
        String endedBy,
        String sipCallId,
        String codec,
        LegQuality browser,
        LegQuality trunkLeg,
        int digitsToPhone,
        int digitsFromPhone,
        String mediaTrouble,
        String divertedBy,
        String diversionReason,
        String verstat,
        String forwardedTo,
        String forwardTrunk,
        String forwardSipCallId,
        String forwardCodec,
        LegQuality forwardLeg,
        String rule,
        String cause) {

    /** Shows no numbers: records pass through logs. */
    @Override
    public String toString() {
        return "CallRecord[" + callId + " " + direction + " on " + trunk + ", " + endCode + "]";
    }

    /**
     * How audio fared on one leg.
     *
     * @param packetsSent by us
     * @param packetsReceived by us
     * @param packetsLost of those that the other side sent us (RFC 3550 appendix A.3)
     * @param jitterMillis of what we received, at the end (RFC 3550 appendix A.8)
     * @param roundTripMillis the last one measured; 0 where none was
     * @param mos the mean opinion score of the whole call, 1 to 4.5 (ITU-T G.107); 0 where none was measured
     * @param worstMos that of its worst five seconds; 0 likewise
     */
    public record LegQuality(
            int packetsSent,
            int packetsReceived,
            int packetsLost,
            int jitterMillis,
            int roundTripMillis,
            double mos,
            double worstMos) {
        public static final LegQuality NONE = new LegQuality(0, 0, 0, 0, 0, 0, 0);
    }
}
