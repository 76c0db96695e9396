package io.copperline.webrtc;

import io.copperline.codecs.rtp.RtcpSession;
import io.copperline.codecs.rtp.RtpHeader;
import io.copperline.codecs.srtp.SrtpProfile;
import io.copperline.codecs.srtp.SrtpSender;
import io.copperline.webrtc.ice.TransportAddress;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Our one stream to the browser: own SSRC, own sequence, for the life of the peer. Packets are finished in place; nothing
 * is allocated.
 */
public final class RtpSender {
    /** Room needed before the payload: header, and its extension with audio level and mid. */
    public static final int HEADROOM_BYTES = RtpHeader.FIXED_BYTES + HeaderExtensions.MAX_BYTES;
    /** Room needed behind the payload. */
    public static final int TAILROOM_BYTES = SrtpProfile.MAX_TRAILER_BYTES;

    /** {@code audioLevel} of a packet that has none, such as a digit. */
    public static final int NO_LEVEL = -1;

    private final long ssrc;
    private final RtcpSession rtcp;
    private int sequence;
    private HeaderExtensions extensions = HeaderExtensions.NONE;
    private Optional<SrtpSender> srtp = Optional.empty();
    private Optional<TransportAddress> remote = Optional.empty();

    RtpSender(long ssrc, RtcpSession rtcp, RandomGenerator random) {
        this.ssrc = ssrc;
        this.rtcp = rtcp;
        // RFC 3550 section 5.1 wants a random start; the upper half would roll over within a call's first minutes.
        sequence = random.nextInt(0x8000);
    }

    public long ssrc() {
        return ssrc;
    }

    void extensions(HeaderExtensions agreed) {
        extensions = agreed;
    }

    void connected(SrtpSender keys) {
        srtp = Optional.of(keys);
    }

    void path(TransportAddress to) {
        remote = Optional.of(to);
    }

    void disconnected() {
        srtp = Optional.empty();
    }

    /** So many packets that would have been next were lost before they came to us: their numbers stay empty. */
    public void skip(int packets) {
        sequence = (sequence + packets) & 0xffff;
    }

    /**
     * Sends one packet. The payload lies in {@code buf} with {@link #HEADROOM_BYTES} before and {@link #TAILROOM_BYTES}
     * behind it, which are overwritten, as the payload is.
     *
     * @param audioLevel 0 (loudest) to 127 (silence), RFC 6464; or {@link #NO_LEVEL}
     * @return false where the peer is not connected and nothing was sent
     */
    public boolean send(
            byte[] buf,
            int payloadOff,
            int payloadLen,
            int payloadType,
            long rtpTimestamp,
            boolean marker,
            int audioLevel,
            long nowNanos,
            PeerSink sink) {
        if (!ready()) {
            return false;
        }
        // RFC 9143 section 15.1: the section is named until the other side is known to have learnt our SSRC.
        int extensionBytes = extensions.bytes(audioLevel, rtcp.roundTripMillis() < 0);
        int headerBytes = RtpHeader.FIXED_BYTES + extensionBytes;
        int off = payloadOff - headerBytes;
        sequence = (sequence + 1) & 0xffff;
        RtpHeader.write(buf, off, payloadType, marker, sequence, rtpTimestamp, ssrc);
        if (extensionBytes > 0) {
            buf[off] |= 0x10;
            extensions.write(buf, off + RtpHeader.FIXED_BYTES, audioLevel, extensionBytes);
        }
        rtcp.onSent(payloadLen, rtpTimestamp, nowNanos);
        int len = srtp.get().protectRtp(buf, off, headerBytes + payloadLen);
        sink.transmit(buf, off, len, remote.get());
        return true;
    }

    /**
     * Sends on a packet in clear that came from elsewhere: its payload, payload type, timestamp and marker under our own SSRC and
     * sequence, without its extensions. Before it lie {@link #HEADROOM_BYTES} and behind it {@link #TAILROOM_BYTES}, which are
     * overwritten, as the packet is.
     *
     * @return false where the peer is not connected and nothing was sent
     */
    public boolean forward(byte[] packet, int off, int len, long nowNanos, PeerSink sink) {
        return send(
                packet,
                off + RtpHeader.headerLength(packet, off),
                RtpHeader.payloadLength(packet, off, len),
                RtpHeader.payloadType(packet, off),
                RtpHeader.timestamp(packet, off),
                RtpHeader.marker(packet, off),
                NO_LEVEL,
                nowNanos,
                sink);
    }

    /** Sends the RTCP packet that lies at the buffer's start, with {@link #TAILROOM_BYTES} behind it. */
    void sendRtcp(byte[] buf, int len, PeerSink sink) {
        sink.transmit(buf, 0, srtp.orElseThrow().protectRtcp(buf, 0, len), remote.orElseThrow());
    }

    boolean ready() {
        return srtp.isPresent() && remote.isPresent();
    }
}
