package io.copperline.gateway.carrier;

/** Words of 32 bits in network order. */
final class Wire32 {
    private Wire32() {}

    static int read(byte[] bytes, int off) {
        return (bytes[off] & 0xff) << 24
                | (bytes[off + 1] & 0xff) << 16
                | (bytes[off + 2] & 0xff) << 8
                | bytes[off + 3] & 0xff;
    }

    static void write(byte[] bytes, int off, int word) {
        bytes[off] = (byte) (word >> 24);
        bytes[off + 1] = (byte) (word >> 16);
        bytes[off + 2] = (byte) (word >> 8);
        bytes[off + 3] = (byte) word;
    }
}
