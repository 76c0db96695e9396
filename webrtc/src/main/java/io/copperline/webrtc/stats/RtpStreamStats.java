package io.copperline.webrtc.stats;

/** RTCRtpStreamStats: one stream as one side sees it. */
public sealed interface RtpStreamStats extends Stats
        permits InboundRtpStreamStats,
                OutboundRtpStreamStats,
                RemoteInboundRtpStreamStats,
                RemoteOutboundRtpStreamStats {
    /** Unsigned 32 bits. */
    long ssrc();

    /** {@code audio}. */
    String kind();

    String transportId();

    String codecId();
}
