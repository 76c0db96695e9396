package io.copperline.webrtc.dtls;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A peer with a tiny MTU: cuts the handshake messages of a flight (RFC 6347 section 4.2.3), each piece in a datagram of its own.
 * Records of epoch 0 are numbered anew, one after the other.
 */
final class Fragmenter {
    private static final int RECORD_HEADER_BYTES = 13;
    private static final int HANDSHAKE_HEADER_BYTES = 12;
    private static final int HANDSHAKE = 22;

    private final int mostBytes;
    private int sequence;

    /** @param mostBytes of a message in one piece */
    Fragmenter(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    List<byte[]> cut(byte[] datagram) {
        List<byte[]> parts = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(datagram);
        for (int at = 0; at < datagram.length; ) {
            int bytes = RECORD_HEADER_BYTES + (in.getShort(at + 11) & 0xffff);
            byte[] record = Arrays.copyOfRange(datagram, at, at + bytes);
            boolean clear = in.getShort(at + 3) == 0;
            if (clear && record[0] == HANDSHAKE) {
                cut(record, parts);
            } else {
                parts.add(clear ? numbered(record) : record);
            }
            at += bytes;
        }
        return parts;
    }

    private void cut(byte[] record, List<byte[]> parts) {
        int body = record.length - RECORD_HEADER_BYTES - HANDSHAKE_HEADER_BYTES;
        int first = number(record, RECORD_HEADER_BYTES + 6);
        int done = 0;
        do {
            int piece = Math.min(mostBytes, body - done);
            ByteBuffer part = ByteBuffer.allocate(RECORD_HEADER_BYTES + HANDSHAKE_HEADER_BYTES + piece);
            part.put(record, 0, RECORD_HEADER_BYTES + HANDSHAKE_HEADER_BYTES);
            part.put(record, RECORD_HEADER_BYTES + HANDSHAKE_HEADER_BYTES + done, piece);
            part.putShort(11, (short) (HANDSHAKE_HEADER_BYTES + piece));
            write(part, RECORD_HEADER_BYTES + 6, first + done);
            write(part, RECORD_HEADER_BYTES + 9, piece);
            parts.add(numbered(part.array()));
            done += piece;
        } while (done < body);
    }

    private byte[] numbered(byte[] record) {
        ByteBuffer.wrap(record).putInt(7, sequence++);
        return record;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
    }

    private static void write(ByteBuffer out, int at, int number) {
        out.put(at, (byte) (number >> 16)).put(at + 1, (byte) (number >> 8)).put(at + 2, (byte) number);
    }
}
