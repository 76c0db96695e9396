package io.copperline.webrtc;

import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.rtp.Rtcp;
import io.copperline.codecs.rtp.RtcpSession;
import io.copperline.codecs.rtp.RtcpWriter;
import io.copperline.codecs.srtp.SrtpReceiver;
import io.copperline.codecs.srtp.SrtpSender;
import io.copperline.webrtc.datachannel.SctpTransport;
import io.copperline.webrtc.dtls.DtlsKeys;
import io.copperline.webrtc.ice.TransportAddress;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import io.copperline.webrtc.stats.StatsReport;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A peer's RTP and RTCP: locked and unlocked with the keys that DTLS made. */
final class PeerMedia {
    private final RtcpSession rtcp;
    private final RtpSender sender;
    private final PeerStats stats;
    private final byte[] report = new byte[RtcpWriter.MAX_BYTES + RtpSender.TAILROOM_BYTES];
    private SrtpReceiver receiver;
    private boolean receptive;
    private long lastReceivedNanos;

    PeerMedia(long ssrc, String cname, RandomGenerator random, long nowNanos, long epochOffsetNanos) {
        rtcp = new RtcpSession(ssrc, cname, random, nowNanos, epochOffsetNanos);
        sender = new RtpSender(ssrc, rtcp, random);
        stats = new PeerStats(rtcp, sender, new StatsClock(epochOffsetNanos));
    }

    RtpSender sender() {
        return sender;
    }

    long lastReceivedNanos() {
        return lastReceivedNanos;
    }

    void agreed(NegotiatedMedia media) {
        sender.extensions(new HeaderExtensions(
                media.audioLevelId(), media.midId(), media.mid().orElse("")));
        receptive = media.direction().receives();
        rtcp.clockRate(media.codec().clockRateHz());
    }

    void path(TransportAddress remote) {
        sender.path(remote);
    }

    /** Takes the keys, and wipes them once they are scheduled. */
    void connected(DtlsKeys keys) {
        sender.connected(new SrtpSender(keys.local()));
        receiver = new SrtpReceiver(keys.remote());
        keys.wipe();
    }

    /** Takes one datagram that RFC 7983 says is RTP or RTCP. */
    Fate onDatagram(byte[] buf, int off, int len, long nowNanos, PeerSink sink) {
        if (receiver == null) {
            return Fate.SRTP_NOT_READY;
        }
        return Rtcp.looksLike(buf, off, len) ? onRtcp(buf, off, len, nowNanos) : onRtp(buf, off, len, nowNanos, sink);
    }

    private Fate onRtp(byte[] buf, int off, int len, long nowNanos, PeerSink sink) {
        int plain = receiver.unprotectRtp(buf, off, len);
        if (plain < 0) {
            return Fate.ofSrtp(plain);
        }
        rtcp.onRtp(buf, off, plain, nowNanos);
        lastReceivedNanos = nowNanos;
        if (!receptive) { // W3C webrtc-pc, [[Receptive]]: whoever holds shall not be heard.
            return Fate.RTP_NOT_AGREED;
        }
        sink.rtp(buf, off, plain);
        return Fate.TAKEN;
    }

    private Fate onRtcp(byte[] buf, int off, int len, long nowNanos) {
        int plain = receiver.unprotectRtcp(buf, off, len);
        if (plain < 0) {
            return Fate.ofSrtp(plain);
        }
        return rtcp.onRtcp(buf, off, plain, nowNanos) == Rtcp.Result.READ ? Fate.TAKEN : Fate.RTCP_MALFORMED;
    }

    /** Sends the report that is due. */
    void onTime(long nowNanos, PeerSink sink) {
        if (sender.ready() && rtcp.due(nowNanos)) {
            sender.sendRtcp(report, rtcp.report(report, 0, nowNanos), sink);
        }
    }

    /** When a report is due, or {@code latestNanos} where that is earlier. */
    long nextDeadline(long latestNanos) {
        return sender.ready() && rtcp.nextDeadline() - latestNanos < 0 ? rtcp.nextDeadline() : latestNanos;
    }

    /** Says goodbye (RFC 3550 section 6.6), and ends. */
    void close(PeerSink sink) {
        if (sender.ready() && rtcp.anythingSent()) {
            sender.sendRtcp(report, rtcp.bye(report, 0), sink);
        }
        sender.disconnected();
        receiver = null;
    }

    StatsReport stats(
            List<TransportFigures> transports,
            Optional<NegotiatedMedia> media,
            Optional<SctpTransport> sctp,
            long nowNanos) {
        return stats.report(transports, media, sctp, nowNanos);
    }

    RemoteReports remoteReports() {
        return rtcp.remote();
    }

    PeerStatistics statistics() {
        return new PeerStatistics(
                rtcp.packetsSent(),
                rtcp.packetsReceived(),
                rtcp.packetsLost(),
                rtcp.jitterMillis(),
                rtcp.roundTripMillis(),
                rtcp.remoteLossPercent());
    }
}
