package io.copperline.webrtc.ice;

/**
 * Cuts a TCP stream into the packets that RFC 4571 has framed. What lies whole in the bytes handed in is passed on where it
 * lies; only the beginning of a packet whose rest is still to come is kept. One for each connection, owned by its thread.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |           length              | STUN, DTLS, SRTP or SRTCP ... |
 * </pre>
 */
public final class FrameReader {
    /** The longest packet that is taken, and more than any protocol of ours sends in one. */
    public static final int MAX_PACKET_BYTES = 2_048;
    /** What stands before each packet. */
    public static final int LENGTH_BYTES = 2;

    private static final int OVERLONG = -1;
    private static final byte[] NOTHING = {};

    /** Where the packets go; the bytes are the callee's until it returns. */
    @FunctionalInterface
    public interface Sink {
        void packet(byte[] buf, int off, int len);
    }

    private byte[] begun = NOTHING;
    private int begunBytes;

    /** Takes what came; false where a length is none that we take: there is no way to find the next packet in such a stream. */
    public boolean onBytes(byte[] buf, int off, int len, Sink sink) {
        int end = off + len;
        int at = off;
        while (at < end) {
            int taken = begunBytes > 0 ? complete(buf, at, end - at, sink) : cut(buf, at, end - at, sink);
            if (taken == OVERLONG) {
                return false;
            }
            at += taken;
        }
        return true;
    }

    private int cut(byte[] buf, int off, int available, Sink sink) {
        if (overlong(buf, off, available)) {
            return OVERLONG;
        }
        int whole = wholeBytes(buf, off, available);
        if (whole > available) {
            begin(buf, off, available);
            return available;
        }
        pass(buf, off + LENGTH_BYTES, whole - LENGTH_BYTES, sink);
        return whole;
    }

    private void begin(byte[] buf, int off, int len) {
        if (begun.length == 0) {
            begun = new byte[LENGTH_BYTES + MAX_PACKET_BYTES];
        }
        System.arraycopy(buf, off, begun, 0, len);
        begunBytes = len;
    }

    /** Adds to what was begun as much as it lacks: first of its length, then of itself. */
    private int complete(byte[] buf, int off, int available, Sink sink) {
        int taken = Math.min(wholeBytes(begun, 0, begunBytes) - begunBytes, available);
        System.arraycopy(buf, off, begun, begunBytes, taken);
        begunBytes += taken;
        if (overlong(begun, 0, begunBytes)) {
            return OVERLONG;
        }
        if (begunBytes == wholeBytes(begun, 0, begunBytes)) {
            int packetBytes = begunBytes - LENGTH_BYTES;
            begunBytes = 0;
            pass(begun, LENGTH_BYTES, packetBytes, sink);
        }
        return taken;
    }

    /** An empty packet is legal, and nothing to anybody (RFC 4571 section 2). */
    private static void pass(byte[] buf, int off, int len, Sink sink) {
        if (len > 0) {
            sink.packet(buf, off, len);
        }
    }

    /** How long a packet is together with its length, as far as that is known. */
    private static int wholeBytes(byte[] buf, int off, int available) {
        return available < LENGTH_BYTES ? LENGTH_BYTES : LENGTH_BYTES + packetBytes(buf, off);
    }

    private static boolean overlong(byte[] buf, int off, int available) {
        return available >= LENGTH_BYTES && packetBytes(buf, off) > MAX_PACKET_BYTES;
    }

    private static int packetBytes(byte[] buf, int off) {
        return (buf[off] & 0xff) << 8 | (buf[off + 1] & 0xff);
    }
}
