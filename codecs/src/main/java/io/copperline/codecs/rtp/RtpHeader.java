package io.copperline.codecs.rtp;

/**
 * The RTP fixed header (RFC 3550 section 5.1) and its extension (RFC 8285), read and written where it lies. All accessors
 * need a packet that is {@link #valid}.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |                    0 to 15 CSRC, 32 bits each                 |
 * |     extension profile         |   length in 32-bit words      |   if X
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RtpHeader {
    /** The header without CSRC and extension, as {@link #write} makes it. */
    public static final int FIXED_BYTES = 12;

    private static final int EXTENSION_HEADER_BYTES = 4;
    private static final int ONE_BYTE_PROFILE = 0xBEDE;
    private static final int TWO_BYTE_PROFILE = 0x1000;
    private static final int ONE_BYTE_STOP_ID = 15;

    private RtpHeader() {}

    /** Whether these bytes hold a whole RTP header. Padding is not looked at: under SRTP it is still encrypted. */
    public static boolean valid(byte[] buf, int off, int len) {
        if (len < FIXED_BYTES || (buf[off] & 0xC0) != 0x80) {
            return false;
        }
        int fixed = fixedLength(buf, off);
        if (!extended(buf, off)) {
            return len >= fixed;
        }
        return len >= fixed + EXTENSION_HEADER_BYTES && len >= headerLength(buf, off);
    }

    /** 0 to 127. */
    public static int payloadType(byte[] buf, int off) {
        return buf[off + 1] & 0x7F;
    }

    /** The M bit. */
    public static boolean marker(byte[] buf, int off) {
        return (buf[off + 1] & 0x80) != 0;
    }

    /** 0 to 65535. */
    public static int sequence(byte[] buf, int off) {
        return Bytes.u16(buf, off + 2);
    }

    /** Unsigned 32 bits. */
    public static long timestamp(byte[] buf, int off) {
        return Bytes.u32(buf, off + 4);
    }

    /** Unsigned 32 bits. */
    public static long ssrc(byte[] buf, int off) {
        return Bytes.u32(buf, off + 8);
    }

    /** Bytes before the payload: fixed header, CSRC and extension. */
    public static int headerLength(byte[] buf, int off) {
        int length = fixedLength(buf, off);
        if (extended(buf, off)) {
            length += EXTENSION_HEADER_BYTES + 4 * Bytes.u16(buf, off + length + 2);
        }
        return length;
    }

    /** Payload bytes without padding, of a packet in clear; -1 where the padding is malformed. */
    public static int payloadLength(byte[] buf, int off, int len) {
        int payload = len - headerLength(buf, off);
        if ((buf[off] & 0x20) == 0) {
            return payload;
        }
        // RFC 3550 section 5.1: the last octet counts the padding, itself included.
        int padding = payload > 0 ? buf[off + len - 1] & 0xFF : 0;
        return padding == 0 || padding > payload ? -1 : payload - padding;
    }

    /** Writes a header without CSRC and extension; returns its 12 bytes. */
    public static int write(
            byte[] buf, int off, int payloadType, boolean marker, int sequence, long timestamp, long ssrc) {
        buf[off] = (byte) 0x80;
        buf[off + 1] = (byte) ((marker ? 0x80 : 0) | payloadType & 0x7F);
        Bytes.put16(buf, off + 2, sequence);
        Bytes.put32(buf, off + 4, timestamp);
        Bytes.put32(buf, off + 8, ssrc);
        return FIXED_BYTES;
    }

    /**
     * Finds the extension element with this id (1 to 14, or to 255 in the two-byte form).
     *
     * @return the offset in {@code buf} of its first byte, its size being {@link #extensionLength}; -1 if there is none
     */
    public static int extension(byte[] buf, int off, int len, int id) {
        if (!extended(buf, off) || id <= 0) {
            return -1;
        }
        int at = off + fixedLength(buf, off);
        int end = Math.min(off + headerLength(buf, off), off + len);
        int profile = Bytes.u16(buf, at);
        at += EXTENSION_HEADER_BYTES;
        if (profile == ONE_BYTE_PROFILE) {
            return findOneByte(buf, at, end, id);
        }
        // RFC 8285 section 4.3: the low four bits are the application's.
        return (profile & 0xFFF0) == TWO_BYTE_PROFILE ? findTwoByte(buf, at, end, id) : -1;
    }

    /** The size of the element that {@link #extension} found at this offset. */
    public static int extensionLength(byte[] buf, int off, int elementOff) {
        int profile = Bytes.u16(buf, off + fixedLength(buf, off));
        int length = buf[elementOff - 1];
        return profile == ONE_BYTE_PROFILE ? (length & 0x0F) + 1 : length & 0xFF;
    }

    private static int findOneByte(byte[] buf, int from, int end, int wanted) {
        int at = from;
        while (at < end) {
            int id = (buf[at] & 0xF0) >> 4;
            if (id == 0) {
                at++;
                continue;
            }
            int length = (buf[at] & 0x0F) + 1;
            // RFC 8285 section 4.2: id 15 ends the list.
            if (id == ONE_BYTE_STOP_ID || at + 1 + length > end) {
                return -1;
            }
            if (id == wanted) {
                return at + 1;
            }
            at += 1 + length;
        }
        return -1;
    }

    private static int findTwoByte(byte[] buf, int from, int end, int wanted) {
        int at = from;
        while (at < end) {
            int id = buf[at] & 0xFF;
            if (id == 0) {
                at++;
                continue;
            }
            if (at + 2 > end || at + 2 + (buf[at + 1] & 0xFF) > end) {
                return -1;
            }
            if (id == wanted) {
                return at + 2;
            }
            at += 2 + (buf[at + 1] & 0xFF);
        }
        return -1;
    }

    private static boolean extended(byte[] buf, int off) {
        return (buf[off] & 0x10) != 0;
    }

    private static int fixedLength(byte[] buf, int off) {
        return FIXED_BYTES + 4 * (buf[off] & 0x0F);
    }
}
