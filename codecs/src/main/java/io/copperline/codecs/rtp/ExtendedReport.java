package io.copperline.codecs.rtp;

/** The blocks of an XR packet (RFC 3611 section 2): type, what the type makes of a byte, length in words minus one, and the rest. */
final class ExtendedReport {
    private static final int SSRC_BYTES = 4;

    private ExtendedReport() {}

    static boolean fits(byte[] buf, int from, int end) {
        int at = from + SSRC_BYTES;
        while (at < end) {
            if (end - at < Rtcp.HEADER_BYTES || blockLength(buf, at) > end - at) {
                return false;
            }
            at += blockLength(buf, at);
        }
        return at == end;
    }

    /** Blocks of other kinds are passed over (section 4), and one of this kind with another length, too. */
    static void read(byte[] buf, int from, int end, Rtcp.Visitor visitor) {
        for (int at = from + SSRC_BYTES; at < end; at += blockLength(buf, at)) {
            if (buf[at] == VoipMetrics.BLOCK_TYPE && blockLength(buf, at) == VoipMetrics.BLOCK_BYTES) {
                visitor.voipMetrics(Bytes.u32(buf, at + 4), VoipMetrics.read(buf, at));
            }
        }
    }

    private static int blockLength(byte[] buf, int at) {
        return 4 * (Bytes.u16(buf, at + 2) + 1);
    }
}
