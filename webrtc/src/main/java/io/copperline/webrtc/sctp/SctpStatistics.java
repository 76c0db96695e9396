package io.copperline.webrtc.sctp;

/**
 * Figures of one association so far.
 *
 * @param smoothedRoundTripNanos -1 before the first measurement
 * @param congestionWindowBytes how much may be under way
 * @param receiverWindowBytes what the peer can still take
 * @param unacknowledgedChunks DATA chunks under way
 * @param fastRetransmissions times that SACKs told of a loss
 * @param timeouts times that T3 did
 * @param chunksRetransmitted DATA chunks sent more than once
 * @param messagesAbandoned given up by partial reliability
 */
public record SctpStatistics(
        long packetsSent,
        long packetsReceived,
        long smoothedRoundTripNanos,
        int congestionWindowBytes,
        int receiverWindowBytes,
        int unacknowledgedChunks,
        long fastRetransmissions,
        long timeouts,
        long chunksRetransmitted,
        long messagesAbandoned) {}
