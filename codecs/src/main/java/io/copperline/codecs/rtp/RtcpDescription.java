package io.copperline.codecs.rtp;

/** The chunks of an SDES packet (RFC 3550 section 6.5): SSRC, items of type, length and text, a zero, padding to 32 bits. */
final class RtcpDescription {
    private RtcpDescription() {}

    static boolean fits(byte[] buf, int from, int end, int chunks) {
        int at = from;
        for (int i = 0; i < chunks; i++) {
            if (end - at < 8) {
                return false;
            }
            at = itemsEnd(buf, at + 4, end);
            if (at < 0) {
                return false;
            }
            at = aligned(from, at);
        }
        return at <= end;
    }

    static void read(byte[] buf, int from, int end, int chunks, Rtcp.Visitor visitor) {
        int at = from;
        for (int i = 0; i < chunks; i++) {
            long ssrc = Bytes.u32(buf, at);
            int item = at + 4;
            while (buf[item] != 0) {
                int length = buf[item + 1] & 0xFF;
                if (buf[item] == Rtcp.CNAME_ITEM) {
                    visitor.cname(ssrc, buf, item + 2, length);
                }
                item += 2 + length;
            }
            at = aligned(from, item + 1);
        }
    }

    /** The offset behind the zero that ends the items; -1 if there is none before the end. */
    private static int itemsEnd(byte[] buf, int from, int end) {
        int at = from;
        while (at < end) {
            if (buf[at] == 0) {
                return at + 1;
            }
            if (at + 2 > end) {
                return -1;
            }
            at += 2 + (buf[at + 1] & 0xFF);
        }
        return -1;
    }

    private static int aligned(int from, int at) {
        return from + (at - from + 3 & ~3);
    }
}
