package io.copperline.webrtc.stats;

import java.util.OptionalInt;

/**
 * RTCDataChannelStats.
 *
 * @param dataChannelIdentifier the channel's number, once it has one
 * @param state RTCDataChannelState, such as {@code open}
 * @param bytesSent of payload, without what SCTP and DTLS put around it; likewise received
 */
public record DataChannelStats(
        String id,
        double timestamp,
        String label,
        String protocol,
        OptionalInt dataChannelIdentifier,
        String state,
        long messagesSent,
        long bytesSent,
        long messagesReceived,
        long bytesReceived)
        implements Stats {
    @Override
    public StatsType type() {
        return StatsType.DATA_CHANNEL;
    }
}
