package io.copperline.webrtc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.audio.AudioCodec;
import io.copperline.webrtc.SimulatedNetwork.Host;
import io.copperline.webrtc.SimulatedNetwork.Weather;
import io.copperline.webrtc.dtls.DtlsCertificate;
import io.copperline.webrtc.ice.IceCandidate;
import io.copperline.webrtc.stats.CandidatePairStats;
import io.copperline.webrtc.stats.CertificateStats;
import io.copperline.webrtc.stats.CodecStats;
import io.copperline.webrtc.stats.IceCandidateStats;
import io.copperline.webrtc.stats.InboundRtpStreamStats;
import io.copperline.webrtc.stats.OutboundRtpStreamStats;
import io.copperline.webrtc.stats.RemoteInboundRtpStreamStats;
import io.copperline.webrtc.stats.RemoteOutboundRtpStreamStats;
import io.copperline.webrtc.stats.RtpStreamStats;
import io.copperline.webrtc.stats.StatsReport;
import io.copperline.webrtc.stats.StatsType;
import io.copperline.webrtc.stats.TransportStats;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeerStatsTest {
    private static final Instant WALL = Instant.ofEpochSecond(1_800_000_000);
    private static final int PAYLOAD_BYTES = 60;

    private final SimulatedNetwork network = new SimulatedNetwork(1, new Weather(0, 0, 40, 0));
    private final long beganNanos = network.nowNanos;

    private PeerConnection peer(Host host, boolean lite) {
        PeerSettings settings =
                PeerSettings.gateway(List.of(IceCandidate.host(host.address.socket(), 0)), List.of(AudioCodec.OPUS));
        return new PeerConnection(
                lite ? settings : settings.withFullIce(),
                DtlsCertificate.create(network.secureRandom(), WALL),
                network.secureRandom(),
                task -> Thread.ofVirtual().start(task),
                () -> {},
                network.nowNanos,
                TimeUnit.SECONDS.toNanos(WALL.getEpochSecond()) - beganNanos);
    }

    private void call() throws Exception {
        network.browser.peer = peer(network.browser, false);
        network.gateway.peer = peer(network.gateway, true);
        network.browser.peer.setAnswer(
                network.gateway.peer.answer(network.browser.peer.createOffer(), network.nowNanos), network.nowNanos);
        assertTrue(network.connect(2_000));
    }

    private void bothSpeak(int packets) {
        byte[] buf = new byte[400];
        for (int i = 0; i < packets; i++) {
            for (Host host : List.of(network.browser, network.gateway)) {
                host.peer
                        .sender()
                        .send(
                                buf,
                                RtpSender.HEADROOM_BYTES,
                                PAYLOAD_BYTES,
                                111,
                                960L * i,
                                i == 0,
                                30,
                                network.nowNanos,
                                host);
            }
            network.run(20);
        }
    }

    private StatsReport stats(Host host) {
        return host.peer.getStats(network.nowNanos);
    }

    private double wallMillis() {
        return WALL.toEpochMilli() + (network.nowNanos - beganNanos) / 1e6;
    }

    @Test
    void bothEndsOfAStreamTellTheSameStory() throws Exception {
        call();
        bothSpeak(500);
        network.run(100);
        InboundRtpStreamStats in =
                stats(network.gateway).first(InboundRtpStreamStats.class).orElseThrow();
        OutboundRtpStreamStats out =
                stats(network.browser).first(OutboundRtpStreamStats.class).orElseThrow();
        assertEquals(out.ssrc(), in.ssrc());
        assertEquals(500, out.packetsSent());
        assertEquals(500, in.packetsReceived());
        assertEquals(0, in.packetsLost());
        assertEquals(500L * PAYLOAD_BYTES, out.bytesSent());
        assertEquals(500L * PAYLOAD_BYTES, in.bytesReceived());
        assertEquals(500L * (12 + 8), in.headerBytesReceived());
        assertEquals(Optional.of("0"), in.mid());
        assertEquals(0, in.jitter(), 0.001);
        assertEquals(wallMillis(), in.timestamp(), 0.001);
        assertEquals(wallMillis() - 60 - 20, in.lastPacketReceivedTimestamp(), 2);
    }

    @Test
    void whatTheOtherSideReportsIsInSeconds() throws Exception {
        call();
        bothSpeak(500);
        StatsReport report = stats(network.gateway);
        RemoteInboundRtpStreamStats heard =
                report.first(RemoteInboundRtpStreamStats.class).orElseThrow();
        assertEquals(0.080, heard.roundTripTime().orElseThrow(), 0.003);
        assertEquals(0.080, heard.totalRoundTripTime() / heard.roundTripTimeMeasurements(), 0.003);
        assertEquals(0, heard.fractionLost());
        assertEquals(0, heard.packetsLost());
        assertEquals(
                Optional.of(heard.id()),
                report.find(OutboundRtpStreamStats.class, heard.localId())
                        .orElseThrow()
                        .remoteId());
        RemoteOutboundRtpStreamStats told =
                report.first(RemoteOutboundRtpStreamStats.class).orElseThrow();
        assertTrue(told.packetsSent() > 300 && told.packetsSent() <= 500);
        assertEquals(told.packetsSent() * PAYLOAD_BYTES, told.bytesSent());
        assertTrue(told.reportsSent() >= 3);
        // The report's clock and its arrival are one way apart.
        assertEquals(40, told.timestamp() - told.remoteTimestamp(), 2);
        assertTrue(report.find(InboundRtpStreamStats.class, told.localId()).isPresent());
    }

    @Test
    void theTransportShowsPairCertificatesAndCipher() throws Exception {
        call();
        StatsReport report = stats(network.gateway);
        TransportStats transport = report.first(TransportStats.class).orElseThrow();
        assertEquals("connected", transport.iceState());
        assertEquals("connected", transport.dtlsState());
        assertEquals("client", transport.dtlsRole());
        assertEquals(Optional.of("AES_CM_128_HMAC_SHA1_80"), transport.srtpCipher());
        assertEquals(Optional.of("FEFD"), transport.tlsVersion());
        CandidatePairStats pair = report.find(
                        CandidatePairStats.class,
                        transport.selectedCandidatePairId().orElseThrow())
                .orElseThrow();
        IceCandidateStats remote =
                report.find(IceCandidateStats.class, pair.remoteCandidateId()).orElseThrow();
        assertEquals(StatsType.REMOTE_CANDIDATE, remote.type());
        assertEquals("198.51.100.1", remote.address());
        assertEquals(4_000, remote.port());
        assertEquals("host", remote.candidateType());
        IceCandidateStats local =
                report.find(IceCandidateStats.class, pair.localCandidateId()).orElseThrow();
        assertEquals(StatsType.LOCAL_CANDIDATE, local.type());
        assertEquals("192.0.2.1", local.address());
        CertificateStats theirs = report.find(
                        CertificateStats.class, transport.remoteCertificateId().orElseThrow())
                .orElseThrow();
        StatsReport other = stats(network.browser);
        CertificateStats own = other.find(
                        CertificateStats.class,
                        other.first(TransportStats.class).orElseThrow().localCertificateId())
                .orElseThrow();
        assertEquals(own.fingerprint(), theirs.fingerprint());
        assertEquals(own.base64Certificate(), theirs.base64Certificate());
    }

    @Test
    void everyIdThatIsNamedIsThere() throws Exception {
        call();
        bothSpeak(300);
        StatsReport report = stats(network.gateway);
        CodecStats codec = report.first(CodecStats.class).orElseThrow();
        assertEquals("audio/opus", codec.mimeType());
        assertEquals(48_000, codec.clockRate());
        assertEquals(2, codec.channels().orElseThrow());
        assertEquals(4, report.all(RtpStreamStats.class).count());
        report.all(RtpStreamStats.class).forEach(stream -> {
            assertEquals(codec.id(), stream.codecId());
            assertTrue(report.find(TransportStats.class, stream.transportId()).isPresent());
        });
        report.asMap().forEach((id, stats) -> assertEquals(id, stats.id()));
    }

    @Test
    void beforeTheCallThereIsATransportAlone() {
        network.gateway.peer = peer(network.gateway, true);
        StatsReport report = stats(network.gateway);
        assertEquals("new", report.first(TransportStats.class).orElseThrow().iceState());
        assertEquals(0, report.all(RtpStreamStats.class).count());
        assertTrue(report.first(CandidatePairStats.class).isEmpty());
        assertEquals("inbound-rtp", StatsType.INBOUND_RTP.wireName());
    }

    @Test
    void afterTheCallTheTransportIsClosed() throws Exception {
        call();
        network.gateway.peer.close(network.nowNanos, network.gateway);
        TransportStats transport =
                stats(network.gateway).first(TransportStats.class).orElseThrow();
        assertEquals("closed", transport.iceState());
        assertEquals("closed", transport.dtlsState());
    }
}
