package io.copperline.codecs.rtp;

/**
 * Reads RTCP in clear: compound (RFC 3550 section 6.1) and reduced size (RFC 5506). The whole datagram is checked before the
 * visitor hears of any of it, so a malformed one has no effect.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |  packet type  |  length in words, minus one   |
 * |                        SSRC of the sender                     |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Rtcp {
    public static final int SENDER_REPORT = 200;
    public static final int RECEIVER_REPORT = 201;
    public static final int SOURCE_DESCRIPTION = 202;
    public static final int BYE = 203;
    public static final int APPLICATION = 204;
    /** RTPFB, RFC 4585. */
    public static final int TRANSPORT_FEEDBACK = 205;
    /** PSFB, RFC 4585. */
    public static final int PAYLOAD_FEEDBACK = 206;
    /** XR, RFC 3611. */
    public static final int EXTENDED_REPORT = 207;

    static final int CNAME_ITEM = 1;
    static final int HEADER_BYTES = 4;
    static final int SENDER_INFO_BYTES = 20;
    static final int BLOCK_BYTES = 24;

    /** Hears of what a datagram holds, in its order. Numbers are unsigned as on the wire unless said. */
    public interface Visitor {
        default void senderReport(long ssrc, long ntpTimestamp, long rtpTimestamp, long packets, long octets) {}

        default void receiverReport(long ssrc) {}

        /**
         * A block of a sender or receiver report.
         *
         * @param fractionLost in 1/256
         * @param cumulativeLost signed
         * @param delaySinceLastSr in 1/65536 s
         */
        default void reportBlock(
                long reporterSsrc,
                long ssrc,
                int fractionLost,
                int cumulativeLost,
                long highestExtended,
                long jitter,
                long lastSr,
                long delaySinceLastSr) {}

        /** The bytes are UTF-8 of someone else's choice. */
        default void cname(long ssrc, byte[] buf, int off, int len) {}

        default void bye(long ssrc) {}

        /** RTPFB or PSFB (RFC 4585 section 6.1); the bytes are the feedback control information. */
        default void feedback(
                int packetType, int format, long senderSsrc, long mediaSsrc, byte[] buf, int off, int len) {}

        /** A block of an extended report: how the source of this SSRC is heard. */
        default void voipMetrics(long ssrc, VoipMetrics metrics) {}

        /** APP and whatever else there is: counted, not understood. */
        default void other(int packetType) {}
    }

    /** What a datagram was. */
    public enum Result {
        READ,
        MALFORMED
    }

    private Rtcp() {}

    /** Whether these bytes are RTCP rather than RTP on a shared port (RFC 5761 section 4). */
    public static boolean looksLike(byte[] buf, int off, int len) {
        if (len < HEADER_BYTES || (buf[off] & 0xC0) != 0x80) {
            return false;
        }
        int type = buf[off + 1] & 0xFF;
        return type >= 192 && type <= 223;
    }

    /** Reads one datagram; any bytes are safe. */
    public static Result read(byte[] buf, int off, int len, Visitor visitor) {
        if (!wellFormed(buf, off, len)) {
            return Result.MALFORMED;
        }
        int end = off + len;
        for (int at = off; at < end; at += packetLength(buf, at)) {
            readPacket(buf, at, bodyEnd(buf, at), visitor);
        }
        return Result.READ;
    }

    /** RFC 3550 A.2, with the first packet's type left open by RFC 5506, and with each body checked against its count. */
    private static boolean wellFormed(byte[] buf, int off, int len) {
        int end = off + len;
        if (len < HEADER_BYTES) {
            return false;
        }
        int at = off;
        while (at < end) {
            if (end - at < HEADER_BYTES || (buf[at] & 0xC0) != 0x80 || packetLength(buf, at) > end - at) {
                return false;
            }
            boolean last = at + packetLength(buf, at) == end;
            if (!paddingFits(buf, at, last) || !bodyFits(buf, at, bodyEnd(buf, at))) {
                return false;
            }
            at += packetLength(buf, at);
        }
        return true;
    }

    private static boolean paddingFits(byte[] buf, int at, boolean last) {
        if ((buf[at] & 0x20) == 0) {
            return true;
        }
        int length = packetLength(buf, at);
        int padding = buf[at + length - 1] & 0xFF;
        return last && padding != 0 && padding % 4 == 0 && padding <= length - HEADER_BYTES;
    }

    private static boolean bodyFits(byte[] buf, int at, int end) {
        int body = end - at - HEADER_BYTES;
        int count = count(buf, at);
        return switch (type(buf, at)) {
            case SENDER_REPORT -> body >= 4 + SENDER_INFO_BYTES + count * BLOCK_BYTES;
            case RECEIVER_REPORT -> body >= 4 + count * BLOCK_BYTES;
            case SOURCE_DESCRIPTION -> RtcpDescription.fits(buf, at + HEADER_BYTES, end, count);
            case BYE -> body >= count * 4;
            case TRANSPORT_FEEDBACK, PAYLOAD_FEEDBACK -> body >= 8;
            case EXTENDED_REPORT -> ExtendedReport.fits(buf, at + HEADER_BYTES, end);
            default -> true;
        };
    }

    private static void readPacket(byte[] buf, int at, int end, Visitor visitor) {
        int body = at + HEADER_BYTES;
        int type = type(buf, at);
        switch (type) {
            case SENDER_REPORT -> {
                long ssrc = Bytes.u32(buf, body);
                long ntp = Bytes.u32(buf, body + 4) << 32 | Bytes.u32(buf, body + 8);
                visitor.senderReport(
                        ssrc, ntp, Bytes.u32(buf, body + 12), Bytes.u32(buf, body + 16), Bytes.u32(buf, body + 20));
                readBlocks(buf, body + 4 + SENDER_INFO_BYTES, count(buf, at), ssrc, visitor);
            }
            case RECEIVER_REPORT -> {
                visitor.receiverReport(Bytes.u32(buf, body));
                readBlocks(buf, body + 4, count(buf, at), Bytes.u32(buf, body), visitor);
            }
            case SOURCE_DESCRIPTION -> RtcpDescription.read(buf, body, end, count(buf, at), visitor);
            case BYE -> {
                for (int i = 0; i < count(buf, at); i++) {
                    visitor.bye(Bytes.u32(buf, body + 4 * i));
                }
            }
            case TRANSPORT_FEEDBACK, PAYLOAD_FEEDBACK ->
                visitor.feedback(
                        type,
                        count(buf, at),
                        Bytes.u32(buf, body),
                        Bytes.u32(buf, body + 4),
                        buf,
                        body + 8,
                        end - body - 8);
            case EXTENDED_REPORT -> ExtendedReport.read(buf, body, end, visitor);
            default -> visitor.other(type);
        }
    }

    private static void readBlocks(byte[] buf, int from, int count, long reporter, Visitor visitor) {
        for (int i = 0, at = from; i < count; i++, at += BLOCK_BYTES) {
            // Cumulative loss is signed 24 bits.
            int lost = Bytes.u24(buf, at + 5) << 8 >> 8;
            visitor.reportBlock(
                    reporter,
                    Bytes.u32(buf, at),
                    buf[at + 4] & 0xFF,
                    lost,
                    Bytes.u32(buf, at + 8),
                    Bytes.u32(buf, at + 12),
                    Bytes.u32(buf, at + 16),
                    Bytes.u32(buf, at + 20));
        }
    }

    private static int type(byte[] buf, int at) {
        return buf[at + 1] & 0xFF;
    }

    private static int count(byte[] buf, int at) {
        return buf[at] & 0x1F;
    }

    private static int packetLength(byte[] buf, int at) {
        return 4 * (Bytes.u16(buf, at + 2) + 1);
    }

    private static int bodyEnd(byte[] buf, int at) {
        int length = packetLength(buf, at);
        return at + length - ((buf[at] & 0x20) == 0 ? 0 : buf[at + length - 1] & 0xFF);
    }
}
