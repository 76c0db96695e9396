package io.copperline.codecs.rtp;

/** Network byte order. */
final class Bytes {
    private Bytes() {}

    static int u16(byte[] buf, int off) {
        return (buf[off] & 0xFF) << 8 | buf[off + 1] & 0xFF;
    }

    static int u24(byte[] buf, int off) {
        return (buf[off] & 0xFF) << 16 | u16(buf, off + 1);
    }

    static long u32(byte[] buf, int off) {
        return (long) u16(buf, off) << 16 | u16(buf, off + 2);
    }

    static void put16(byte[] buf, int off, int value) {
        buf[off] = (byte) (value >> 8);
        buf[off + 1] = (byte) value;
    }

    static void put32(byte[] buf, int off, long value) {
        put16(buf, off, (int) (value >> 16));
        put16(buf, off + 2, (int) value);
    }
}
