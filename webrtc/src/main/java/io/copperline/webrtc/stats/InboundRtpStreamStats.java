package io.copperline.webrtc.stats;

import java.util.Optional;

/**
 * RTCInboundRtpStreamStats: the stream that we receive.
 *
 * @param packetsLost expected less received (RFC 3550 section 6.4.1); below 0 where duplicates came
 * @param jitter in seconds (RFC 3550 A.8)
 * @param remoteId the sender's own account of it
 * @param bytesReceived payload, without headers and padding
 * @param lastPacketReceivedTimestamp in milliseconds since 1970
 */
public record InboundRtpStreamStats(
        String id,
        double timestamp,
        long ssrc,
        String kind,
        String transportId,
        String codecId,
        Optional<String> mid,
        Optional<String> remoteId,
        long packetsReceived,
        long packetsLost,
        double jitter,
        long bytesReceived,
        long headerBytesReceived,
        double lastPacketReceivedTimestamp)
        implements RtpStreamStats {
    @Override
    public StatsType type() {
        return StatsType.INBOUND_RTP;
    }
}
