package io.copperline.gateway.media;

import io.copperline.codecs.rtp.RemoteReports;
import io.copperline.codecs.rtp.Rtcp;
import io.copperline.codecs.rtp.RtcpSession;
import io.copperline.codecs.rtp.RtcpWriter;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.rtp.VoipMetrics;
import io.copperline.codecs.sdp.NegotiatedAudio;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpReceiver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The trunk leg's two sockets and our stream on them: own SSRC, sequence and timestamps for the life of the leg, own RTCP, the
 * lock where it is encrypted, and the latch that says where the other end is.
 */
final class TrunkStream {
    static final int HEADROOM_BYTES = RtpHeader.FIXED_BYTES;
    static final int TAILROOM_BYTES = SrtpProfile.MAX_TRAILER_BYTES;

    /** Who takes the packets that pass. */
    interface Sink {
        void audio(byte[] packet, int off, int len, long nowNanos);

        void digit(byte[] packet, int off, int len, long nowNanos);

        /** How loud the silence is that begins now (RFC 3389). */
        void comfortNoise(byte[] packet, int off, int len, long nowNanos);

        /** The locked source is not where the SDP said. */
        void latchedElsewhere();
    }

    private final Door rtp;
    private final Door rtcp;
    private final TrunkLock lock = new TrunkLock();
    private final Latch latch;
    private final Drops<TrunkDrop> drops;
    private final Sink sink;
    private final RtcpSession session;
    private final byte[] report = new byte[RtcpWriter.MAX_BYTES + TAILROOM_BYTES];
    private final long ssrc;
    private int sequence;
    private Optional<NegotiatedAudio> agreed = Optional.empty();
    private OptionalLong reportedNanos = OptionalLong.empty();

    TrunkStream(
            Door rtp,
            Door rtcp,
            boolean symmetric,
            Drops<TrunkDrop> drops,
            Sink sink,
            RandomGenerator random,
            long nowNanos,
            long epochOffsetNanos) {
        this.rtp = rtp;
        this.rtcp = rtcp;
        this.drops = drops;
        this.sink = sink;
        latch = new Latch(symmetric);
        ssrc = random.nextInt() & 0xffff_ffffL;
        sequence = random.nextInt(0x8000);
        byte[] cname = new byte[12];
        random.nextBytes(cname);
        session = new RtcpSession(ssrc, HexFormat.of().formatHex(cname), random, nowNanos, epochOffsetNanos);
    }

    void agreed(NegotiatedAudio audio) {
        agreed = Optional.of(audio);
        lock.keys(audio.srtp());
        session.clockRate(audio.codec().clockRateHz());
        latch.signalled(audio.remoteRtp());
    }

    Optional<NegotiatedAudio> agreed() {
        return agreed;
    }

    /** A datagram on the RTP port. */
    void onRtp(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
        if (muxed() && Rtcp.looksLike(buf, off, len)) {
            onRtcp(buf, off, len, from, nowNanos);
            return;
        }
        if (!RtpHeader.valid(buf, off, len)) {
            drops.count(TrunkDrop.MALFORMED);
            return;
        }
        if (agreed.isEmpty() || !agreed.get().direction().receives()) {
            drops.count(TrunkDrop.NOT_EXPECTED);
            return;
        }
        NegotiatedAudio audio = agreed.get();
        int payloadType = RtpHeader.payloadType(buf, off);
        boolean digit = payloadType == audio.receiveTelephoneEventPayloadType();
        boolean noise = audio.comfortNoise() && payloadType == NegotiatedAudio.COMFORT_NOISE_PAYLOAD_TYPE;
        if (!digit && !noise && payloadType != audio.receivePayloadType()) {
            drops.count(TrunkDrop.UNKNOWN_PAYLOAD_TYPE);
            return;
        }
        int plainLen = lock.unprotectRtp(buf, off, len);
        if (plainLen < 0) {
            drops.count(drop(plainLen));
            return;
        }
        boolean wasLocked = latch.isLocked();
        if (!latch.accepts(from, RtpHeader.ssrc(buf, off))) {
            drops.count(TrunkDrop.FOREIGN_SOURCE);
            return;
        }
        if (!wasLocked && latch.isLocked() && latch.movedAway()) {
            sink.latchedElsewhere();
        }
        session.onRtp(buf, off, plainLen, nowNanos);
        if (digit) {
            sink.digit(buf, off, plainLen, nowNanos);
        } else if (noise) {
            sink.comfortNoise(buf, off, plainLen, nowNanos);
        } else {
            sink.audio(buf, off, plainLen, nowNanos);
        }
    }

    private boolean muxed() {
        return agreed.isPresent() && agreed.get().rtcpMux();
    }

    private static TrunkDrop drop(int reason) {
        return switch (reason) {
            case SrtpReceiver.FORGED -> TrunkDrop.FORGED;
            case SrtpReceiver.REPLAYED -> TrunkDrop.REPLAYED;
            case SrtpReceiver.TOO_MANY_STREAMS -> TrunkDrop.TOO_MANY_STREAMS;
            default -> TrunkDrop.MALFORMED;
        };
    }

    /** A datagram on the RTCP port; only the host that audio comes from may report. */
    void onRtcp(byte[] buf, int off, int len, InetSocketAddress from, long nowNanos) {
        if (latch.destination()
                .filter(to -> to.getAddress().equals(from.getAddress()))
                .isEmpty()) {
            drops.count(TrunkDrop.FOREIGN_SOURCE);
            return;
        }
        int plainLen = lock.unprotectRtcp(buf, off, len);
        if (plainLen < 0) {
            drops.count(drop(plainLen));
        } else if (session.onRtcp(buf, off, plainLen, nowNanos) == Rtcp.Result.READ) {
            reportedNanos = OptionalLong.of(nowNanos);
        } else {
            drops.count(TrunkDrop.MALFORMED);
        }
    }

    /**
     * Whether the trunk should send, and nothing has come for so long that it has forgotten the call: its BYE was lost, perhaps. A report is
     * a sign of life, too, of who sends no silence.
     *
     * @param limit the trunk's; 0: never
     * @param silentNanos for how long audio has been due
     */
    boolean forgotten(Duration limit, long silentNanos, long nowNanos) {
        long limitNanos = limit.toNanos();
        boolean reported = reportedNanos.isPresent() && nowNanos - reportedNanos.getAsLong() <= limitNanos;
        return limitNanos > 0 && silentNanos > limitNanos && !reported;
    }

    /** So many packets that would have been next were lost before they came to us: their numbers stay empty. */
    void skip(int packets) {
        sequence = (sequence + packets) & 0xffff;
    }

    /** Sends one packet whose payload has {@link #HEADROOM_BYTES} before and {@link #TAILROOM_BYTES} behind it; false where it may not go anywhere. */
    boolean send(
            byte[] buf,
            int payloadOff,
            int payloadLen,
            int payloadType,
            long timestamp,
            boolean marker,
            long nowNanos) {
        Optional<InetSocketAddress> to = latch.destination();
        if (agreed.isEmpty() || !agreed.get().direction().sends() || to.isEmpty()) {
            return false;
        }
        int off = payloadOff - RtpHeader.FIXED_BYTES;
        sequence = (sequence + 1) & 0xffff;
        RtpHeader.write(buf, off, payloadType, marker, sequence, timestamp, ssrc);
        session.onSent(payloadLen, timestamp, nowNanos);
        rtp.write(buf, off, lock.protectRtp(buf, off, RtpHeader.FIXED_BYTES + payloadLen), to.get());
        return true;
    }

    /** How the other end is heard: it is told, where it asks (RFC 3611). */
    void heard(VoipMetrics metrics) {
        if (agreed.filter(NegotiatedAudio::voipMetrics).isPresent()) {
            session.heard(metrics);
        }
    }

    /** Sends all that was queued. */
    void flush() {
        rtp.flush();
    }

    /** Sends the report that is due, and all that was queued. */
    void onTick(long nowNanos) {
        flush();
        if (session.due(nowNanos)) {
            int len = lock.protectRtcp(report, 0, session.report(report, 0, nowNanos));
            report(len);
        }
    }

    private void report(int len) {
        Door door = muxed() ? rtp : rtcp;
        reportsTo().ifPresent(to -> door.write(report, 0, len, to));
        door.flush();
    }

    /** Behind NAT the RTCP port is as little known as the RTP port: the next one of where audio comes from. */
    private Optional<InetSocketAddress> reportsTo() {
        if (muxed()) {
            return latch.destination();
        }
        if (latch.movedAway()) {
            return latch.destination()
                    .filter(to -> to.getPort() < 65_535)
                    .map(to -> new InetSocketAddress(to.getAddress(), to.getPort() + 1));
        }
        return agreed.flatMap(NegotiatedAudio::remoteRtcp);
    }

    /** Says goodbye and closes the sockets. */
    void close() {
        if (session.anythingSent()) {
            int len = lock.protectRtcp(report, 0, session.bye(report, 0));
            report(len);
        }
        rtp.flush();
        rtp.close();
        rtcp.close();
    }

    RemoteReports remoteReports() {
        return session.remote();
    }

    MediaReport.Leg figures() {
        return new MediaReport.Leg(
                session.packetsSent(),
                session.packetsReceived(),
                session.packetsLost(),
                session.jitterMillis(),
                session.roundTripMillis());
    }
}
