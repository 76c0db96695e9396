package io.copperline.webrtc.stats;

/** RTCStats: what all have in common. */
public sealed interface Stats
        permits CodecStats,
                RtpStreamStats,
                PeerConnectionStats,
                DataChannelStats,
                TransportStats,
                CandidatePairStats,
                IceCandidateStats,
                CertificateStats {
    /** Steady for the life of the peer; by it other statistics refer to this one. */
    String id();

    /** Milliseconds since 1970: now, or, for what the other side reported, when its report came. */
    double timestamp();

    StatsType type();
}
