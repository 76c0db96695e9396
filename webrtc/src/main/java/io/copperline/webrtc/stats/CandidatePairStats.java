package io.copperline.webrtc.stats;

/**
 * RTCIceCandidatePairStats: the pair that media takes.
 *
 * @param localCandidateId one socket is behind all of ours: the first of the remote's address family
 * @param state {@code succeeded}
 */
public record CandidatePairStats(
        String id,
        double timestamp,
        String transportId,
        String localCandidateId,
        String remoteCandidateId,
        String state,
        boolean nominated)
        implements Stats {
    @Override
    public StatsType type() {
        return StatsType.CANDIDATE_PAIR;
    }
}
