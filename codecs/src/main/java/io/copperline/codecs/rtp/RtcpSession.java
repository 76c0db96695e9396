package io.copperline.codecs.rtp;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * RTCP between two: counts one incoming stream, reports on it and on our own, and keeps what the other end reports. Owned
 * by one leg; who encrypts and sends the reports is the leg's business.
 */
public final class RtcpSession implements Rtcp.Visitor {
    /** RFC 3550 section 6.2: two streams at once, each 64 kbit/s and IP, UDP and RTP headers of 40 bytes every 20 ms. */
    private static final int SESSION_BITS_PER_SECOND = 160_000;

    private static final int UNKNOWN = -1;

    private final long ssrc;
    private final SenderStatistics sent = new SenderStatistics();
    private final ReceptionStatistics received = new ReceptionStatistics();
    private final RtcpWriter writer;
    private final RtcpSchedule schedule;
    private final long epochOffsetNanos;
    private int clockRateHz = 8_000;
    private boolean anythingReceived;
    private boolean reportRead;
    private long remoteSsrc;
    private long nowNanos;
    private long lastSendNanos;
    private long lastReceivedNanos;
    private long payloadBytesReceived;
    private long headerBytesReceived;
    private final RemoteReports remote = new RemoteReports();
    private long sentBeforeReport;
    private long sentBeforeReportBefore;
    private boolean reported;
    private Optional<VoipMetrics> heard = Optional.empty();

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

    /** An RTP packet has come, in clear. */
    public void onRtp(byte[] packet, int off, int len, long now) {
        long source = RtpHeader.ssrc(packet, off);
        if (anythingReceived && source != remoteSsrc) {
            received.reset();
            payloadBytesReceived = 0;
            headerBytesReceived = 0;
        }
        remoteSsrc = source;
        anythingReceived = true;
        lastReceivedNanos = now;
        headerBytesReceived += RtpHeader.headerLength(packet, off);
        payloadBytesReceived += Math.max(0, RtpHeader.payloadLength(packet, off, len));
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
        reportRead = false;
        Rtcp.Result result = Rtcp.read(packet, off, len, this);
        if (result == Rtcp.Result.READ) {
            remote.onDatagram(reportRead);
        }
        return result;
    }

    /** How the other end's stream is heard: the next report says so (RFC 3611). */
    public void heard(VoipMetrics metrics) {
        heard = Optional.of(metrics);
    }

    /** Whether {@link #report} is due. */
    public boolean due(long now) {
        return schedule.due(now);
    }

    /** When it is due next. */
    public long nextDeadline() {
        return schedule.nextDeadline();
    }

    /** Writes the report that is due, at most {@link RtcpWriter#MAX_BYTES}; returns its length. */
    public int report(byte[] out, int off, long now) {
        int len = sentLately()
                ? writer.senderReport(out, off, sent, ntp(now), rtpNow(now), received, remoteSsrc, now)
                : writer.receiverReport(out, off, received, remoteSsrc, now);
        if (heard.isPresent() && anythingReceived) {
            len += writer.extendedReport(out, off + len, heard.get(), remoteSsrc);
            heard = Optional.empty();
        }
        schedule.sent(len, now);
        sentBeforeReportBefore = sentBeforeReport;
        sentBeforeReport = sent.packets();
        reported = true;
        return len;
    }

    /** RFC 3550 section 6.4: a sender report is from whoever has sent since the report before the last one. */
    private boolean sentLately() {
        return sent.packets() > sentBeforeReportBefore;
    }

    /** Whether anybody knows of us: without that there is no goodbye (RFC 3550 section 6.3.7). */
    public boolean anythingSent() {
        return reported || sent.packets() > 0;
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

    /** What the other end says; the same object always. */
    public RemoteReports remote() {
        return remote;
    }

    /** What we have counted of its stream; the same object always. */
    public ReceptionStatistics reception() {
        return received;
    }

    /** What we have sent; the same object always. */
    public SenderStatistics sending() {
        return sent;
    }

    public int clockRateHz() {
        return clockRateHz;
    }

    /** The SSRC that packets come from; empty before the first. */
    public OptionalLong remoteSsrc() {
        return anythingReceived ? OptionalLong.of(remoteSsrc) : OptionalLong.empty();
    }

    /** Without headers and padding, of the source that packets come from now. */
    public long payloadBytesReceived() {
        return payloadBytesReceived;
    }

    /** RTP headers, CSRC and extensions likewise. */
    public long headerBytesReceived() {
        return headerBytesReceived;
    }

    /** When the last RTP packet came, in {@code nowNanos}; of no meaning before the first. */
    public long lastReceivedNanos() {
        return lastReceivedNanos;
    }

    /** By the other end's last report; -1 before the first. */
    public int roundTripMillis() {
        return remote.roundTripNanos() < 0 ? UNKNOWN : (int) TimeUnit.NANOSECONDS.toMillis(remote.roundTripNanos());
    }

    /** How much of ours the other end has missed lately. */
    public int remoteLossPercent() {
        return remote.fractionLost() * 100 / 256;
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
    public void receiverReport(long source) {
        reportRead = true;
    }

    @Override
    public void senderReport(long source, long ntpTimestamp, long rtpTimestamp, long packets, long octets) {
        reportRead = true;
        if (source == remoteSsrc) {
            received.onSenderReport(ntpTimestamp, nowNanos);
            remote.onSenderReport(ntpTimestamp, packets, octets, nowNanos);
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
        long roundTrip = NtpTime.roundTripNanos(ntp(nowNanos), lastSr, delaySinceLastSr);
        remote.onBlock(fractionLost, cumulativeLost, highestExtended, jitter, roundTrip, nowNanos);
    }

    @Override
    public void voipMetrics(long source, VoipMetrics metrics) {
        if (source == ssrc) {
            remote.onVoipMetrics(metrics, nowNanos);
        }
    }
}
