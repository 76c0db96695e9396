package io.copperline.webrtc.stats;

/**
 * RTCPeerConnectionStats.
 *
 * @param dataChannelsOpened how many were ever open
 * @param dataChannelsClosed how many of these are open no more
 */
public record PeerConnectionStats(String id, double timestamp, long dataChannelsOpened, long dataChannelsClosed)
        implements Stats {
    @Override
    public StatsType type() {
        return StatsType.PEER_CONNECTION;
    }
}
