package io.copperline.webrtc;

/**
 * Figures of one peer so far.
 *
 * @param packetsLost of those sent to us
 * @param jitterMillis of those sent to us (RFC 3550 A.8)
 * @param roundTripMillis by the other side's last report; -1 before the first
 * @param remoteLossPercent how much of ours the other side missed lately
 */
public record PeerStatistics(
        long packetsSent,
        long packetsReceived,
        long packetsLost,
        int jitterMillis,
        int roundTripMillis,
        int remoteLossPercent) {}
