package io.copperline.webrtc;

import io.copperline.codecs.rtp.NtpTime;
import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.rtp.RtcpSession;
import io.copperline.webrtc.datachannel.DataChannel;
import io.copperline.webrtc.datachannel.SctpTransport;
import io.copperline.webrtc.jsep.NegotiatedMedia;
import io.copperline.webrtc.stats.CodecStats;
import io.copperline.webrtc.stats.DataChannelStats;
import io.copperline.webrtc.stats.InboundRtpStreamStats;
import io.copperline.webrtc.stats.OutboundRtpStreamStats;
import io.copperline.webrtc.stats.PeerConnectionStats;
import io.copperline.webrtc.stats.RemoteInboundRtpStreamStats;
import io.copperline.webrtc.stats.RemoteOutboundRtpStreamStats;
import io.copperline.webrtc.stats.Stats;
import io.copperline.webrtc.stats.StatsReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Makes a peer's statistics: its streams here, its transport by {@link TransportFigures}. Nothing is kept between two reports. */
final class PeerStats {
    private static final String KIND = "audio";
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double FRACTION_UNITS = 256;

    private final RtcpSession rtcp;
    private final RtpSender sender;
    private final StatsClock clock;

    PeerStats(RtcpSession rtcp, RtpSender sender, StatsClock clock) {
        this.rtcp = rtcp;
        this.sender = sender;
        this.clock = clock;
    }

    StatsReport report(
            List<TransportFigures> transports,
            Optional<NegotiatedMedia> media,
            Optional<SctpTransport> sctp,
            long nowNanos) {
        List<Stats> stats = new ArrayList<>();
        transports.forEach(transport -> stats.addAll(transport.stats(clock.millis(nowNanos))));
        if (media.isPresent()) {
            CodecStats codec = codec(media.get(), nowNanos);
            stats.add(codec);
            Optional<String> mid = media.get().mid();
            addOurStream(stats, codec.id(), mid, nowNanos);
            addTheirStream(stats, codec.id(), mid, nowNanos);
        }
        addChannels(stats, sctp, clock.millis(nowNanos));
        return new StatsReport(stats);
    }

    private static void addChannels(List<Stats> stats, Optional<SctpTransport> sctp, double timestamp) {
        stats.add(new PeerConnectionStats(
                "peer-connection",
                timestamp,
                sctp.map(SctpTransport::channelsOpened).orElse(0L),
                sctp.map(SctpTransport::channelsClosed).orElse(0L)));
        List<DataChannel> channels = sctp.map(SctpTransport::channels).orElse(List.of());
        for (int i = 0; i < channels.size(); i++) {
            DataChannel channel = channels.get(i);
            stats.add(new DataChannelStats(
                    "data-channel-" + (channel.id().isPresent() ? channel.id().getAsInt() : "waiting-" + i),
                    timestamp,
                    channel.label(),
                    channel.protocol(),
                    channel.id(),
                    channel.readyState().name().toLowerCase(Locale.ROOT),
                    channel.messagesSent(),
                    channel.bytesSent(),
                    channel.messagesReceived(),
                    channel.bytesReceived()));
        }
    }

    private CodecStats codec(NegotiatedMedia media, long nowNanos) {
        int channels = media.codec().channels();
        return new CodecStats(
                "codec-" + media.payloadType(),
                clock.millis(nowNanos),
                media.payloadType(),
                TransportFigures.MEDIA_ID,
                KIND + "/" + media.codec().encodingName(),
                media.codec().clockRateHz(),
                channels > 1 ? OptionalInt.of(channels) : OptionalInt.empty(),
                Optional.of(media.format().parameters()).filter(parameters -> !parameters.isEmpty()));
    }

    private void addOurStream(List<Stats> stats, String codecId, Optional<String> mid, long nowNanos) {
        if (rtcp.packetsSent() == 0) {
            return;
        }
        RemoteReports reports = rtcp.remote();
        String id = "outbound-rtp-" + sender.ssrc();
        String remoteId = "remote-inbound-rtp-" + sender.ssrc();
        stats.add(new OutboundRtpStreamStats(
                id,
                clock.millis(nowNanos),
                sender.ssrc(),
                KIND,
                TransportFigures.MEDIA_ID,
                codecId,
                mid,
                reports.aboutUs() ? Optional.of(remoteId) : Optional.empty(),
                rtcp.packetsSent(),
                rtcp.sending().octets()));
        if (reports.aboutUs()) {
            stats.add(new RemoteInboundRtpStreamStats(
                    remoteId,
                    clock.millis(reports.aboutUsNanos()),
                    sender.ssrc(),
                    KIND,
                    TransportFigures.MEDIA_ID,
                    codecId,
                    id,
                    reports.packetsLost(),
                    reports.jitter() / (double) rtcp.clockRateHz(),
                    reports.roundTripNanos() < 0
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(reports.roundTripNanos() / NANOS_PER_SECOND),
                    reports.totalRoundTripNanos() / NANOS_PER_SECOND,
                    reports.roundTripMeasurements(),
                    reports.fractionLost() / FRACTION_UNITS));
        }
    }

    private void addTheirStream(List<Stats> stats, String codecId, Optional<String> mid, long nowNanos) {
        if (rtcp.remoteSsrc().isEmpty()) {
            return;
        }
        long ssrc = rtcp.remoteSsrc().getAsLong();
        RemoteReports reports = rtcp.remote();
        boolean reported = reports.senderReports() > 0;
        String id = "inbound-rtp-" + ssrc;
        String remoteId = "remote-outbound-rtp-" + ssrc;
        stats.add(new InboundRtpStreamStats(
                id,
                clock.millis(nowNanos),
                ssrc,
                KIND,
                TransportFigures.MEDIA_ID,
                codecId,
                mid,
                reported ? Optional.of(remoteId) : Optional.empty(),
                rtcp.packetsReceived(),
                rtcp.reception().lost(),
                rtcp.reception().jitter() / (double) rtcp.clockRateHz(),
                rtcp.payloadBytesReceived(),
                rtcp.headerBytesReceived(),
                clock.millis(rtcp.lastReceivedNanos())));
        if (reported) {
            stats.add(new RemoteOutboundRtpStreamStats(
                    remoteId,
                    clock.millis(reports.senderReportNanos()),
                    ssrc,
                    KIND,
                    TransportFigures.MEDIA_ID,
                    codecId,
                    id,
                    reports.packetsSent(),
                    reports.octetsSent(),
                    NtpTime.epochMillis(reports.ntpTimestamp()),
                    reports.senderReports()));
        }
    }
}
