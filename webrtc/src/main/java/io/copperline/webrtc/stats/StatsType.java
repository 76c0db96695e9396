package io.copperline.webrtc.stats;

import java.util.Locale;

/** RTCStatsType. */
public enum StatsType {
    CODEC,
    INBOUND_RTP,
    OUTBOUND_RTP,
    REMOTE_INBOUND_RTP,
    REMOTE_OUTBOUND_RTP,
    PEER_CONNECTION,
    DATA_CHANNEL,
    TRANSPORT,
    CANDIDATE_PAIR,
    LOCAL_CANDIDATE,
    REMOTE_CANDIDATE,
    CERTIFICATE;

    /** As the W3C spells it, such as {@code inbound-rtp}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
