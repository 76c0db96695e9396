package io.copperline.webrtc.sctp;

import java.util.zip.CRC32C;

/**
 * Walks over the chunks of a packet where it lies. Owned by its association, and used again for each packet.
 *
 * <pre>
 *  0               1               2               3
 * |         source port           |       destination port        |
 * |                       verification tag                        |
 * |                 CRC32c, least byte first                      |
 * |     type      |     flags     |            length             |  chunk: length with these four bytes,
 * |                            body ...                           |         without the padding to four
 * </pre>
 */
final class PacketReader {
    private static final int CHECKSUM_AT = 8;

    private final CRC32C crc = new CRC32C();
    private final byte[] zero = new byte[4];
    private byte[] buf = zero;
    private int off;
    private int end;
    private int next;
    private int bodyOff;
    private int bodyBytes;
    private boolean malformed;

    /** Whether this is a packet at all. */
    SctpDrop begin(byte[] packet, int packetOff, int len) {
        buf = packet;
        off = packetOff;
        end = packetOff + len;
        next = packetOff + ChunkType.PACKET_HEADER_BYTES;
        malformed = false;
        if (len < ChunkType.PACKET_HEADER_BYTES + ChunkType.HEADER_BYTES) {
            return SctpDrop.TOO_SHORT;
        }
        // RFC 9260 appendix A: over the packet with four zeros where the sum stands; its least byte is sent first.
        int sum = Integer.reverseBytes(checksum(crc, packet, packetOff, len, zero));
        return sum == Wire.i32(packet, packetOff + CHECKSUM_AT) ? SctpDrop.TAKEN : SctpDrop.BAD_CHECKSUM;
    }

    static int checksum(CRC32C crc, byte[] packet, int off, int len, byte[] zero) {
        crc.reset();
        crc.update(packet, off, CHECKSUM_AT);
        crc.update(zero, 0, 4);
        crc.update(packet, off + CHECKSUM_AT + 4, len - CHECKSUM_AT - 4);
        return (int) crc.getValue();
    }

    int sourcePort() {
        return Wire.u16(buf, off);
    }

    int destinationPort() {
        return Wire.u16(buf, off + 2);
    }

    int tag() {
        return Wire.i32(buf, off + 4);
    }

    /** Goes to the next chunk; false at the end, and where the next one is {@link #malformed}. */
    boolean next() {
        if (end - next < ChunkType.HEADER_BYTES) {
            malformed = next < end;
            return false;
        }
        int bytes = Wire.u16(buf, next + 2);
        if (bytes < ChunkType.HEADER_BYTES || bytes > end - next) {
            malformed = true;
            return false;
        }
        bodyOff = next + ChunkType.HEADER_BYTES;
        bodyBytes = bytes - ChunkType.HEADER_BYTES;
        next = Math.min(next + Wire.padded(bytes), end);
        return true;
    }

    boolean malformed() {
        return malformed;
    }

    /** Whether no chunk follows this one. */
    boolean last() {
        return next >= end;
    }

    int type() {
        return Wire.u8(buf, bodyOff - 4);
    }

    int flags() {
        return Wire.u8(buf, bodyOff - 3);
    }

    byte[] buf() {
        return buf;
    }

    int bodyOff() {
        return bodyOff;
    }

    int bodyBytes() {
        return bodyBytes;
    }
}
