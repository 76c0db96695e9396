package io.copperline.codecs.rtp;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * RTCP between two: counts one incoming stream, reports on it and on our own, and keeps what the other end reports. Owned
 * by one leg; who encrypts and sends the reports is the leg's business.
 */
public final class RtcpSession implements Rtcp.Visitor {
    private static final int SESSION_BITS_PER_SECOND = 64_000;
    private static final int UNKNOWN = -1;

    private final long ssrc;
    private final SenderStatistics sent = new SenderStatistics();
    private final ReceptionStatistics received = new ReceptionStatistics();
    private final RtcpWriter writer;
    private final RtcpSchedule schedule;
    private final long epochOffsetNanos;
    private int clockRateHz = 8_000;
    private boolean anythingReceived;
    private long remoteSsrc;
    private long nowNanos;
    private long lastSendNanos;
    private long roundTripNanos = UNKNOWN;
    private int remoteFractionLost;

    /**
     * @param ssrc our stream's
     * @param epochOffsetNanos what must be added to {@code nowNanos} for nanoseconds since 1970
     */
    public RtcpSession(long ssrc, String cname, RandomGenerator random, long nowNanos, long epochOffsetNanos) {
        this.ssrc = ssrc;
        this.epochOffsetNanos = epochOffsetNanos;
        writer = new RtcpWriter(ssrc, cname);
        schedule = new RtcpSchedule(SESSION_BITS_PER_SECOND, random, nowNanos);
    }

    /** The clock of both streams' timestamps. */
    public void clockRate(int hz) {
        clockRateHz = hz;
    }

    /** An RTP packet has come. */
    public void onRtp(byte[] packet, int off, long now) {
        long source = RtpHeader.ssrc(packet, off);
        if (anythingReceived && source != remoteSsrc) {
            received.reset();
        }
        remoteSsrc = source;
        anythingReceived = true;
        received.onPacket(RtpHeader.sequence(packet, off), RtpHeader.timestamp(packet, off), inClock(now));
    }

    /** An RTP packet of ours has gone. */
    public void onSent(int payloadBytes, long rtpTimestamp, long now) {
        sent.onPacket(payloadBytes, rtpTimestamp);
        lastSendNanos = now;
    }

    /** An RTCP datagram has come, in clear. */
    public Rtcp.Result onRtcp(byte[] packet, int off, int len, long now) {
        nowNanos = now;
        schedule.onPacket(len);
        return Rtcp.read(packet, off, len, this);
    }

    public boolean due(long now) {
        return schedule.due(now);
    }

    /** Writes the report that is due, at most {@link RtcpWriter#MAX_BYTES}; returns its length. */
    public int report(byte[] out, int off, long now) {
        int len = sent.packets() > 0
                ? writer.senderReport(out, off, sent, ntp(now), rtpNow(now), received, remoteSsrc, now)
                : writer.receiverReport(out, off, received, remoteSsrc, now);
        schedule.sent(len, now);
        return len;
    }

    /** Writes our goodbye; returns its length. */
    public int bye(byte[] out, int off) {
        return writer.bye(out, off);
    }

    public long packetsSent() {
        return sent.packets();
    }

    public long packetsReceived() {
        return received.received();
    }

    /** Of those sent to us, as far as sequence numbers tell; never below 0. */
    public long packetsLost() {
        return Math.max(0, received.lost());
    }

    public int jitterMillis() {
        return (int) (received.jitter() * 1_000 / clockRateHz);
    }

    /** By the other end's last report; -1 before the first. */
    public int roundTripMillis() {
        return roundTripNanos < 0 ? UNKNOWN : (int) TimeUnit.NANOSECONDS.toMillis(roundTripNanos);
    }

    /** How much of ours the other end has missed lately. */
    public int remoteLossPercent() {
        return remoteFractionLost * 100 / 256;
    }

    private long inClock(long nanos) {
        return nanos / 1_000 * clockRateHz / 1_000_000; // Microseconds are finer than any jitter, and do not overflow.
    }

    private long ntp(long now) {
        long epochNanos = now + epochOffsetNanos;
        long second = TimeUnit.SECONDS.toNanos(1);
        return NtpTime.of(Math.floorDiv(epochNanos, second), (int) Math.floorMod(epochNanos, second));
    }

    /** RFC 3550 section 6.4.1: the same moment on the media clock. */
    private long rtpNow(long now) {
        return sent.lastRtpTimestamp() + inClock(now - lastSendNanos);
    }

    @Override
    public void senderReport(long source, long ntpTimestamp, long rtpTimestamp, long packets, long octets) {
        if (source == remoteSsrc) {
            received.onSenderReport(ntpTimestamp, nowNanos);
        }
    }

    @Override
    public void reportBlock(
            long reporterSsrc,
            long source,
            int fractionLost,
            int cumulativeLost,
            long highestExtended,
            long jitter,
            long lastSr,
            long delaySinceLastSr) {
        if (source != ssrc) {
            return;
        }
        remoteFractionLost = fractionLost;
        long roundTrip = NtpTime.roundTripNanos(ntp(nowNanos), lastSr, delaySinceLastSr);
        if (roundTrip >= 0) {
            roundTripNanos = roundTrip;
        }
    }
}
