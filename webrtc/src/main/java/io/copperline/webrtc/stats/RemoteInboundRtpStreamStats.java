package io.copperline.webrtc.stats;

import java.util.OptionalDouble;

/**
 * RTCRemoteInboundRtpStreamStats: how our stream arrives, by the other side's last report block (RFC 3550 section 6.4.1).
 *
 * @param packetsLost of ours, since the beginning; below 0 where duplicates came
 * @param jitter in seconds
 * @param localId our stream
 * @param roundTripTime in seconds; empty before the first sender report of ours has come back in a report of theirs
 * @param totalRoundTripTime all that were measured, in seconds
 * @param fractionLost of ours in the last reporting interval, 0 to 1
 */
public record RemoteInboundRtpStreamStats(
        String id,
        double timestamp,
        long ssrc,
        String kind,
        String transportId,
        String codecId,
        String localId,
        long packetsLost,
        double jitter,
        OptionalDouble roundTripTime,
        double totalRoundTripTime,
        long roundTripTimeMeasurements,
        double fractionLost)
        implements RtpStreamStats {
    @Override
    public StatsType type() {
        return StatsType.REMOTE_INBOUND_RTP;
    }
}
