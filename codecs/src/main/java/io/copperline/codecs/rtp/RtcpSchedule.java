package io.copperline.codecs.rtp;

import java.util.random.RandomGenerator;

/**
 * When the next report is due (RFC 3550 section 6.3 and A.7) in a session of two, as every call here is. With two members
 * the reconsideration of A.7 never changes the result, so it is not there.
 *
 * <pre>
 *   Tmin   = 360 / session bandwidth in kbit/s, at most 5 s        section 6.2: either side of a unicast session may
 *   Td     = max(Tmin, members * average size / RTCP's 5 %)        half of Tmin before the first report
 *   T      = Td * random(0.5 ... 1.5) / (e - 3/2)
 * </pre>
 */
public final class RtcpSchedule {
    private static final double LONGEST_MIN_SECONDS = 5;
    private static final double REDUCED_MIN_KILOBITS = 360;
    private static final int MEMBERS = 2;
    private static final double RTCP_SHARE = 0.05;
    // RFC 3550 A.7: e - 3/2, makes up for the bias of the random factor.
    private static final double COMPENSATION = Math.E - 1.5;
    private static final int IP_UDP_BYTES = 28;
    private static final double FIRST_PACKET_BYTES = 128;

    private final double octetsPerSecond;
    private final double minSeconds;
    private final RandomGenerator random;
    private double averageBytes = FIRST_PACKET_BYTES;
    private long deadlineNanos;

    /**
     * @param sessionBitsPerSecond what the session's media takes, with all headers; RTCP gets 5 % of it
     * @param random owned by the caller's shard
     */
    public RtcpSchedule(int sessionBitsPerSecond, RandomGenerator random, long nowNanos) {
        this.octetsPerSecond = sessionBitsPerSecond / 8.0 * RTCP_SHARE;
        this.minSeconds = Math.min(LONGEST_MIN_SECONDS, REDUCED_MIN_KILOBITS / (sessionBitsPerSecond / 1e3));
        this.random = random;
        this.deadlineNanos = nowNanos + intervalNanos(minSeconds / 2);
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
        deadlineNanos = nowNanos + intervalNanos(minSeconds);
    }

    /** A report of the other end has come: its size counts too. */
    public void onPacket(int bytes) {
        averageBytes += (bytes + IP_UDP_BYTES - averageBytes) / 16;
    }

    private long intervalNanos(double leastSeconds) {
        double seconds = Math.max(leastSeconds, averageBytes * MEMBERS / octetsPerSecond);
        return (long) (seconds * (0.5 + random.nextDouble()) / COMPENSATION * 1e9);
    }
}
