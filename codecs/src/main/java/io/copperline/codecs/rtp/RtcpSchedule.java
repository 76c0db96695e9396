package io.copperline.codecs.rtp;

import java.util.random.RandomGenerator;

/**
 * When the next report is due (RFC 3550 section 6.3 and A.7) in a session of two, as every call here is. With two members
 * the reconsideration of A.7 never changes the result, so it is not there.
 */
public final class RtcpSchedule {
    private static final double MIN_INTERVAL_SECONDS = 5;
    private static final int MEMBERS = 2;
    private static final double RTCP_SHARE = 0.05;
    // RFC 3550 A.7: e - 3/2, makes up for the bias of the random factor.
    private static final double COMPENSATION = Math.E - 1.5;
    private static final int IP_UDP_BYTES = 28;
    private static final double FIRST_PACKET_BYTES = 128;

    private final double octetsPerSecond;
    private final RandomGenerator random;
    private double averageBytes = FIRST_PACKET_BYTES;
    private long deadlineNanos;

    /**
     * @param sessionBitsPerSecond what the session's media takes; RTCP gets 5 % of it
     * @param random owned by the caller's shard
     */
    public RtcpSchedule(int sessionBitsPerSecond, RandomGenerator random, long nowNanos) {
        this.octetsPerSecond = sessionBitsPerSecond / 8.0 * RTCP_SHARE;
        this.random = random;
        this.deadlineNanos = nowNanos + intervalNanos(MIN_INTERVAL_SECONDS / 2);
    }

    /** Whether a report is due. */
    public boolean due(long nowNanos) {
        return deadlineNanos - nowNanos <= 0;
    }

    /** When the next report is due. */
    public long nextDeadline() {
        return deadlineNanos;
    }

    /** Our report has gone out. */
    public void sent(int bytes, long nowNanos) {
        onPacket(bytes);
        deadlineNanos = nowNanos + intervalNanos(MIN_INTERVAL_SECONDS);
    }

    /** A report of the other end has come: its size counts too. */
    public void onPacket(int bytes) {
        averageBytes += (bytes + IP_UDP_BYTES - averageBytes) / 16;
    }

    private long intervalNanos(double minSeconds) {
        double seconds = Math.max(minSeconds, averageBytes * MEMBERS / octetsPerSecond);
        return (long) (seconds * (0.5 + random.nextDouble()) / COMPENSATION * 1e9);
    }
}
