package io.copperline.codecs.srtp;

import io.copperline.codecs.rtp.RtpHeader;

/** Authenticates and decrypts what one peer sends. Owned by one leg. Results below 0 say why a packet is dropped. */
public final class SrtpReceiver {
    /** Too short, or not RTP or RTCP at all. */
    public static final int MALFORMED = -1;
    /** Seen before, or too old to tell. */
    public static final int REPLAYED = -2;
    /** The tag is wrong. */
    public static final int FORGED = -3;
    /** An authentic packet of more streams than a phone call has. */
    public static final int TOO_MANY_STREAMS = -4;

    private static final int MAX_STREAMS = 16;
    private static final int RTCP_HEADER_BYTES = 8;

    private final Transform rtp;
    private final Transform rtcp;
    private final Stream[] streams = new Stream[MAX_STREAMS];
    private int streamCount;

    /** @param key of the peer's direction; it may be wiped afterwards, since the session keys are derived here */
    public SrtpReceiver(SrtpKey key) {
        KeyDerivation derivation = new KeyDerivation(key);
        rtp = derivation.transform(KeyDerivation.RTP);
        rtcp = derivation.transform(KeyDerivation.RTCP);
    }

    /** The length of the plain packet, in place, or one of the reasons above. */
    public int unprotectRtp(byte[] packet, int off, int len) {
        if (!RtpHeader.valid(packet, off, len)) {
            return MALFORMED;
        }
        int clear = RtpHeader.headerLength(packet, off);
        if (len < clear + rtp.rtpTrailerBytes()) {
            return MALFORMED;
        }
        int ssrc = (int) RtpHeader.ssrc(packet, off);
        int sequence = RtpHeader.sequence(packet, off);
        Stream stream = find(ssrc);
        long index = stream == null ? sequence : estimate(stream.rtpWindow.highest(), sequence);
        if (index < 0 || (stream != null && !stream.rtpWindow.isFresh(index))) {
            return REPLAYED;
        }
        int plain = rtp.openRtp(packet, off, len, clear, ssrc, index);
        if (plain < 0) {
            return FORGED;
        }
        stream = stream == null ? add(ssrc) : stream;
        if (stream == null) {
            return TOO_MANY_STREAMS;
        }
        stream.rtpWindow.commit(index);
        return plain;
    }

    /** The length of the plain compound packet, in place, or one of the reasons above. */
    public int unprotectRtcp(byte[] packet, int off, int len) {
        if (len < RTCP_HEADER_BYTES + rtcp.rtcpTrailerBytes()) {
            return MALFORMED;
        }
        int ssrc = rtcpSsrc(packet, off);
        int word = rtcp.rtcpWord(packet, off, len);
        int index = word & ~Transform.ENCRYPTED;
        Stream stream = find(ssrc);
        if (stream != null && !stream.rtcpWindow.isFresh(index)) {
            return REPLAYED;
        }
        int plain = rtcp.openRtcp(packet, off, len, ssrc, word);
        if (plain < 0) {
            return FORGED;
        }
        stream = stream == null ? add(ssrc) : stream;
        if (stream == null) {
            return TOO_MANY_STREAMS;
        }
        stream.rtcpWindow.commit(index);
        return plain;
    }

    static int rtcpSsrc(byte[] packet, int off) {
        return packet[off + 4] << 24
                | (packet[off + 5] & 0xff) << 16
                | (packet[off + 6] & 0xff) << 8
                | (packet[off + 7] & 0xff);
    }

    /** RFC 3711 section 3.3.1 and appendix A: the index nearest to the highest one so far. Below 0: before the first. */
    static long estimate(long highest, int sequence) {
        if (highest < 0) {
            return sequence;
        }
        int delta = (short) (sequence - (int) highest);
        return highest + delta;
    }

    private Stream find(int ssrc) {
        for (int i = 0; i < streamCount; i++) {
            if (streams[i].ssrc == ssrc) {
                return streams[i];
            }
        }
        return null;
    }

    private Stream add(int ssrc) {
        if (streamCount == MAX_STREAMS) {
            return null;
        }
        Stream stream = new Stream(ssrc);
        streams[streamCount++] = stream;
        return stream;
    }

    private static final class Stream {
        final int ssrc;
        final ReplayWindow rtpWindow = new ReplayWindow();
        final ReplayWindow rtcpWindow = new ReplayWindow();

        Stream(int ssrc) {
            this.ssrc = ssrc;
        }
    }
}
