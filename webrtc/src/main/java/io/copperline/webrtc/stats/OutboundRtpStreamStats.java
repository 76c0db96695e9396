package io.copperline.webrtc.stats;

import java.util.Optional;

/**
 * RTCOutboundRtpStreamStats: the stream that we send.
 *
 * @param remoteId how it arrives, by the receiver's own account
 * @param bytesSent payload, without headers and padding
 */
public record OutboundRtpStreamStats(
        String id,
        double timestamp,
        long ssrc,
        String kind,
        String transportId,
        String codecId,
        Optional<String> mid,
        Optional<String> remoteId,
        long packetsSent,
        long bytesSent)
        implements RtpStreamStats {
    @Override
    public StatsType type() {
        return StatsType.OUTBOUND_RTP;
    }
}
