package io.copperline.codecs.rtp;

/**
 * Reads the payload of a RED packet (RFC 2198): what is new, and before it what earlier packets had already. It is read where it
 * lies, any bytes are safe, and nothing is allocated.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |1|   block PT  |  timestamp offset         |   block length    |   for each redundant block, oldest first
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |0|   block PT  |                                                   for the primary block, which ends with the payload
 * +-+-+-+-+-+-+-+-+
 * |                  the blocks, in the same order                |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RedPayload {
    /** Chromium repeats one packet, and nine at most; who sends more is not read. */
    public static final int MAX_REDUNDANT_BLOCKS = 9;

    private static final int REDUNDANT_HEADER_BYTES = 4;
    private static final int FOLLOWED = 0x80;

    private final int[] types = new int[MAX_REDUNDANT_BLOCKS];
    private final int[] timestampOffsets = new int[MAX_REDUNDANT_BLOCKS];
    private final int[] offsets = new int[MAX_REDUNDANT_BLOCKS];
    private final int[] lengths = new int[MAX_REDUNDANT_BLOCKS];
    private int redundantBlocks;
    private int primaryType;
    private int primaryOffset;
    private int primaryLength;

    /** Reads a payload; false where it is malformed or has more blocks than we take, and then the accessors tell nothing. */
    public boolean read(byte[] buf, int off, int len) {
        int end = off + len;
        int at = off;
        int redundantBytes = 0;
        redundantBlocks = 0;
        while (at < end && (buf[at] & FOLLOWED) != 0) {
            if (redundantBlocks == MAX_REDUNDANT_BLOCKS || end - at < REDUNDANT_HEADER_BYTES) {
                return false;
            }
            types[redundantBlocks] = buf[at] & 0x7F;
            timestampOffsets[redundantBlocks] = Bytes.u16(buf, at + 1) >> 2;
            lengths[redundantBlocks] = Bytes.u16(buf, at + 2) & 0x3FF;
            redundantBytes += lengths[redundantBlocks];
            redundantBlocks++;
            at += REDUNDANT_HEADER_BYTES;
        }
        if (at >= end || redundantBytes > end - at - 1) {
            return false;
        }
        primaryType = buf[at++] & 0x7F;
        for (int i = 0; i < redundantBlocks; i++) {
            offsets[i] = at;
            at += lengths[i];
        }
        primaryOffset = at;
        primaryLength = end - at;
        return true;
    }

    public int primaryType() {
        return primaryType;
    }

    public int primaryOffset() {
        return primaryOffset;
    }

    /** May be 0. */
    public int primaryLength() {
        return primaryLength;
    }

    /** How many earlier packets are repeated, the oldest first. */
    public int redundantBlocks() {
        return redundantBlocks;
    }

    public int type(int block) {
        return types[block];
    }

    /** By how much the block is earlier than the packet's timestamp, 0 to 16383. */
    public int timestampOffset(int block) {
        return timestampOffsets[block];
    }

    public int offset(int block) {
        return offsets[block];
    }

    /** 0 to 1023. */
    public int length(int block) {
        return lengths[block];
    }
}
