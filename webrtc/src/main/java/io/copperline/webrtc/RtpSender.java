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
    /** Room needed before the payload: header and audio-level extension. */
    public static final int HEADROOM_BYTES = RtpHeader.FIXED_BYTES + 8;
    /** Room needed behind the payload. */
    public static final int TAILROOM_BYTES = SrtpProfile.MAX_TRAILER_BYTES;

    private static final int EXTENSION_BYTES = 8;
    /** {@code audioLevel} of a packet that has none, such as a digit. */
    public static final int NO_LEVEL = -1;

    private final long ssrc;
    private final RtcpSession rtcp;
    private int sequence;
    private int audioLevelId;
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

    void audioLevelId(int id) {
        audioLevelId = id;
    }

    void connected(SrtpSender keys) {
        srtp = Optional.of(keys);
    }

    void path(TransportAddress to) {
        remote = Optional.of(to);
    }

    Optional<TransportAddress> path() {
        return remote;
    }

    void disconnected() {
        srtp = Optional.empty();
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
        boolean extended = audioLevelId > 0 && audioLevel >= 0;
        int headerBytes = RtpHeader.FIXED_BYTES + (extended ? EXTENSION_BYTES : 0);
        int off = payloadOff - headerBytes;
        sequence = (sequence + 1) & 0xffff;
        RtpHeader.write(buf, off, payloadType, marker, sequence, rtpTimestamp, ssrc);
        if (extended) {
            writeLevel(buf, off, audioLevel);
        }
        rtcp.onSent(payloadLen, rtpTimestamp, nowNanos);
        int len = srtp.get().protectRtp(buf, off, headerBytes + payloadLen);
        sink.transmit(buf, off, len, remote.get());
        return true;
    }

    /** Sends the RTCP packet that lies at the buffer's start, with {@link #TAILROOM_BYTES} behind it. */
    void sendRtcp(byte[] buf, int len, PeerSink sink) {
        sink.transmit(buf, 0, srtp.orElseThrow().protectRtcp(buf, 0, len), remote.orElseThrow());
    }

    boolean ready() {
        return srtp.isPresent() && remote.isPresent();
    }

    /** RFC 8285 section 4.2, one word: id and length, V bit and level (RFC 6464 section 3), padding. */
    private void writeLevel(byte[] buf, int off, int audioLevel) {
        int at = off + RtpHeader.FIXED_BYTES;
        buf[off] |= 0x10;
        buf[at] = (byte) 0xbe;
        buf[at + 1] = (byte) 0xde;
        buf[at + 2] = 0;
        buf[at + 3] = 1;
        buf[at + 4] = (byte) (audioLevelId << 4);
        buf[at + 5] = (byte) audioLevel;
        buf[at + 6] = 0;
        buf[at + 7] = 0;
    }
}
