package io.copperline.gateway.call;

import io.copperline.gateway.media.MediaReport;
import io.copperline.gateway.media.OpinionScores;

/**
 * What is kept of a call in that went on to a number; all empty where it did not.
 *
 * @param to the number, in E.164
 * @param trunk by which it went, or was tried last
 * @param sipCallId of that trunk's leg
 * @param codec that leg's; empty where none was agreed on
 * @param figures that leg's
 * @param scores likewise
 */
record Forwarded(
        String to, String trunk, String sipCallId, String codec, MediaReport.Leg figures, OpinionScores scores) {
    static final Forwarded NOT = new Forwarded("", "", "", "", MediaReport.Leg.NOTHING, OpinionScores.NONE);
}
