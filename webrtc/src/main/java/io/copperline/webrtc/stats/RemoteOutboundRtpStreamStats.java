package io.copperline.webrtc.stats;

/**
 * RTCRemoteOutboundRtpStreamStats: what the other side says it has sent, by its last sender report.
 *
 * @param localId the stream as we receive it
 * @param remoteTimestamp the sender's clock at that report, in milliseconds since 1970
 * @param reportsSent sender reports that have come
 */
public record RemoteOutboundRtpStreamStats(
        String id,
        double timestamp,
        long ssrc,
        String kind,
        String transportId,
        String codecId,
        String localId,
        long packetsSent,
        long bytesSent,
        double remoteTimestamp,
        long reportsSent)
        implements RtpStreamStats {
    @Override
    public StatsType type() {
        return StatsType.REMOTE_OUTBOUND_RTP;
    }
}
