package io.copperline.webrtc;

import io.copperline.codecs.rtp.NtpTime;
import io.copperline.codecs.rtp.ReceptionStatistics;
import io.copperline.codecs.rtp.Rtcp;
import io.copperline.codecs.rtp.RtcpSchedule;
import io.copperline.codecs.rtp.RtcpWriter;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.srtp.SrtpProfile;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The peer's RTCP: what we count, report and are told. */
final class Reports implements Rtcp.Visitor {
    private static final int SESSION_BITS_PER_SECOND = 64_000;

    private final RtpSender sender;
    private final ReceptionStatistics received = new ReceptionStatistics();
    private final RtcpWriter writer;
    private final RtcpSchedule schedule;
    private final byte[] buf = new byte[RtcpWriter.MAX_BYTES + SrtpProfile.MAX_TRAILER_BYTES];
    private final long epochOffsetNanos;
    private int clockRateHz = 48_000;
    private long remoteSsrc;
    private long nowNanos;
    private long lastReceivedNanos;
    private boolean anythingReceived;
    private long roundTripNanos = -1;
    private int remoteFractionLost;

    /** @param epochOffsetNanos what must be added to {@code nowNanos} for nanoseconds since 1970 */
    Reports(RtpSender sender, String cname, RandomGenerator random, long nowNanos, long epochOffsetNanos) {
        this.sender = sender;
        this.epochOffsetNanos = epochOffsetNanos;
        writer = new RtcpWriter(sender.ssrc(), cname);
        schedule = new RtcpSchedule(SESSION_BITS_PER_SECOND, random, nowNanos);
    }

    void clockRate(int hz) {
        clockRateHz = hz;
    }

    void onRtp(byte[] packet, int off, long now) {
        long ssrc = RtpHeader.ssrc(packet, off);
        if (anythingReceived && ssrc != remoteSsrc) {
            received.reset();
        }
        remoteSsrc = ssrc;
        anythingReceived = true;
        lastReceivedNanos = now;
        received.onPacket(RtpHeader.sequence(packet, off), RtpHeader.timestamp(packet, off), inClock(now));
    }

    private long inClock(long nanos) {
        return nanos / 1_000 * clockRateHz / 1_000_000; // Microseconds are finer than any jitter, and do not overflow.
    }

    Rtcp.Result onRtcp(byte[] packet, int off, int len, long now) {
        nowNanos = now;
        schedule.onPacket(len);
        return Rtcp.read(packet, off, len, this);
    }

    void onTime(long now, PeerSink sink) {
        if (!schedule.due(now) || sender.srtp().isEmpty() || sender.path().isEmpty()) {
            return;
        }
        int len = sender.statistics().packets() > 0
                ? writer.senderReport(buf, 0, sender.statistics(), ntp(now), rtpNow(now), received, remoteSsrc, now)
                : writer.receiverReport(buf, 0, received, remoteSsrc, now);
        schedule.sent(len, now);
        transmit(len, sink);
    }

    void bye(PeerSink sink) {
        if (sender.srtp().isPresent() && sender.path().isPresent()) {
            transmit(writer.bye(buf, 0), sink);
        }
    }

    private void transmit(int len, PeerSink sink) {
        int sealed = sender.srtp().orElseThrow().protectRtcp(buf, 0, len);
        sink.transmit(buf, 0, sealed, sender.path().orElseThrow());
    }

    private long ntp(long now) {
        long epochNanos = now + epochOffsetNanos;
        long second = TimeUnit.SECONDS.toNanos(1);
        return NtpTime.of(Math.floorDiv(epochNanos, second), (int) Math.floorMod(epochNanos, second));
    }

    /** RFC 3550 section 6.4.1: the same moment on the media clock. */
    private long rtpNow(long now) {
        long sinceNanos = now - sender.lastSendNanos();
        return sender.statistics().lastRtpTimestamp() + sinceNanos / 1_000 * clockRateHz / 1_000_000;
    }

    @Override
    public void senderReport(long ssrc, long ntpTimestamp, long rtpTimestamp, long packets, long octets) {
        if (ssrc == remoteSsrc) {
            received.onSenderReport(ntpTimestamp, nowNanos);
        }
    }

    @Override
    public void reportBlock(
            long reporterSsrc,
            long ssrc,
            int fractionLost,
            int cumulativeLost,
            long highestExtended,
            long jitter,
            long lastSr,
            long delaySinceLastSr) {
        if (ssrc != sender.ssrc()) {
            return;
        }
        remoteFractionLost = fractionLost;
        long roundTrip = NtpTime.roundTripNanos(ntp(nowNanos), lastSr, delaySinceLastSr);
        if (roundTrip >= 0) {
            roundTripNanos = roundTrip;
        }
    }

    /** When the last RTP packet came; the time of creation before the first. */
    long lastReceivedNanos() {
        return lastReceivedNanos;
    }

    PeerStatistics statistics() {
        return new PeerStatistics(
                sender.statistics().packets(),
                received.received(),
                Math.max(0, received.lost()),
                (int) (received.jitter() * 1_000 / clockRateHz),
                roundTripNanos < 0 ? -1 : (int) TimeUnit.NANOSECONDS.toMillis(roundTripNanos),
                remoteFractionLost * 100 / 256);
    }
}
