package io.copperline.webrtc.sctp;

import java.util.Arrays;

/**
 * A DATA chunk that came in (RFC 9260 section 3.3.1), where it lies in its packet or as a copy of its own.
 *
 * <pre>
 * |                              TSN                              |
 * |           stream              |        stream sequence        |
 * |                        payload protocol                       |
 * |                           user data ...                       |
 * </pre>
 */
final class DataChunk {
    int tsn;
    int flags;
    int stream;
    short ssn;
    int ppid;
    byte[] buf;
    int off;
    int bytes;

    /** False where it is shorter than its fields. */
    boolean read(byte[] packet, int bodyOff, int bodyBytes, int chunkFlags) {
        if (bodyBytes < ChunkType.DATA_FIELDS_BYTES) {
            return false;
        }
        flags = chunkFlags;
        tsn = Wire.i32(packet, bodyOff);
        stream = Wire.u16(packet, bodyOff + 4);
        ssn = (short) Wire.u16(packet, bodyOff + 6);
        ppid = Wire.i32(packet, bodyOff + 8);
        buf = packet;
        off = bodyOff + ChunkType.DATA_FIELDS_BYTES;
        bytes = bodyBytes - ChunkType.DATA_FIELDS_BYTES;
        return true;
    }

    DataChunk copy() {
        DataChunk copy = new DataChunk();
        copy.tsn = tsn;
        copy.flags = flags;
        copy.stream = stream;
        copy.ssn = ssn;
        copy.ppid = ppid;
        copy.buf = Arrays.copyOfRange(buf, off, off + bytes);
        copy.bytes = bytes;
        return copy;
    }

    boolean begins() {
        return (flags & ChunkType.BEGIN) != 0;
    }

    boolean ends() {
        return (flags & ChunkType.END) != 0;
    }

    boolean ordered() {
        return (flags & ChunkType.UNORDERED) == 0;
    }

    /** Whether it goes on with the message that the other began; unordered ones have no number (section 3.3.1). */
    boolean continues(DataChunk earlier) {
        return !begins()
                && stream == earlier.stream
                && ordered() == earlier.ordered()
                && (!ordered() || ssn == earlier.ssn);
    }
}
