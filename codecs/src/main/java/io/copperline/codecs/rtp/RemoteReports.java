package io.copperline.codecs.rtp;

import java.util.Optional;

/**
 * What the other end last reported: about our stream (report blocks) and about its own (sender reports). Owned by its
 * {@link RtcpSession}, on whose thread it is read.
 */
public final class RemoteReports {
    private static final int UNKNOWN = -1;

    private long datagrams;
    private long reports;
    private boolean blockKnown;
    private int fractionLost;
    private long packetsLost;
    private long highestExtended;
    private long jitter;
    private long blockNanos;
    private long roundTripNanos = UNKNOWN;
    private long totalRoundTripNanos;
    private long roundTripMeasurements;
    private long senderReports;
    private long ntpTimestamp;
    private long packetsSent;
    private long octetsSent;
    private long senderReportNanos;
    private Optional<VoipMetrics> voipMetrics = Optional.empty();
    private long voipMetricsNanos;

    void onDatagram(boolean report) {
        datagrams++;
        reports += report ? 1 : 0;
    }

    void onBlock(
            int fraction,
            int cumulativeLost,
            long highest,
            long jitterUnits,
            long measuredRoundTripNanos,
            long nowNanos) {
        blockKnown = true;
        fractionLost = fraction;
        packetsLost = cumulativeLost;
        highestExtended = highest;
        jitter = jitterUnits;
        blockNanos = nowNanos;
        if (measuredRoundTripNanos >= 0) {
            roundTripNanos = measuredRoundTripNanos;
            totalRoundTripNanos += measuredRoundTripNanos;
            roundTripMeasurements++;
        }
    }

    void onSenderReport(long ntp, long packets, long octets, long nowNanos) {
        senderReports++;
        ntpTimestamp = ntp;
        packetsSent = packets;
        octetsSent = octets;
        senderReportNanos = nowNanos;
    }

    void onVoipMetrics(VoipMetrics metrics, long nowNanos) {
        voipMetrics = Optional.of(metrics);
        voipMetricsNanos = nowNanos;
    }

    /** How it hears our stream, where it says so (RFC 3611). */
    public Optional<VoipMetrics> voipMetrics() {
        return voipMetrics;
    }

    /** When it said so last, in {@code nowNanos}. */
    public long voipMetricsNanos() {
        return voipMetricsNanos;
    }

    /** Whole RTCP datagrams that have come, whatever they held. */
    public long datagrams() {
        return datagrams;
    }

    /** Those of them with a sender or receiver report, which could have spoken of our stream; feedback and the like cannot. */
    public long reports() {
        return reports;
    }

    /** Whether it has reported on our stream at all. */
    public boolean aboutUs() {
        return blockKnown;
    }

    /** When it last reported on our stream, in {@code nowNanos}. */
    public long aboutUsNanos() {
        return blockNanos;
    }

    /** Of ours, since the report before, in 1/256. */
    public int fractionLost() {
        return fractionLost;
    }

    /** Of ours, since the beginning; below 0 where duplicates came. */
    public long packetsLost() {
        return packetsLost;
    }

    /** The low 32 bits of the highest sequence number of ours that it has seen. */
    public long highestExtended() {
        return highestExtended;
    }

    /** Of ours, in clock units. */
    public long jitter() {
        return jitter;
    }

    /** The last one measured; -1 before the first. */
    public long roundTripNanos() {
        return roundTripNanos;
    }

    /** All that were measured, added up. */
    public long totalRoundTripNanos() {
        return totalRoundTripNanos;
    }

    public long roundTripMeasurements() {
        return roundTripMeasurements;
    }

    /** Sender reports that have come. */
    public long senderReports() {
        return senderReports;
    }

    /** When the last one came, in {@code nowNanos}. */
    public long senderReportNanos() {
        return senderReportNanos;
    }

    /** The sender's clock when it was sent, see {@link NtpTime}. */
    public long ntpTimestamp() {
        return ntpTimestamp;
    }

    /** Packets it had sent by then; wraps at 2^32 as on the wire. */
    public long packetsSent() {
        return packetsSent;
    }

    /** Payload octets likewise. */
    public long octetsSent() {
        return octetsSent;
    }
}
