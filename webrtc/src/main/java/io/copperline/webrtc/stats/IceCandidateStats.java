package io.copperline.webrtc.stats;

import java.util.OptionalLong;

/**
 * RTCIceCandidateStats: one of ours, or the one of theirs that media takes.
 *
 * @param type {@link StatsType#LOCAL_CANDIDATE} or {@link StatsType#REMOTE_CANDIDATE}
 * @param protocol {@code udp} or {@code tcp}
 * @param candidateType {@code host}, {@code srflx}, {@code relay}, or {@code prflx} where it was learnt from checks
 * @param priority empty where it was learnt from checks
 */
public record IceCandidateStats(
        String id,
        double timestamp,
        StatsType type,
        String transportId,
        String address,
        int port,
        String protocol,
        String candidateType,
        OptionalLong priority)
        implements Stats {}
