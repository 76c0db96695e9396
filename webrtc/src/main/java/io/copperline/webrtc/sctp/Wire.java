package io.copperline.webrtc.sctp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network order, and how serial numbers compare (RFC 1982; RFC 9260 section 1.6). */
final class Wire {
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Wire() {}

    static int u8(byte[] buf, int at) {
        return buf[at] & 0xff;
    }

    static int u16(byte[] buf, int at) {
        return (short) SHORTS.get(buf, at) & 0xffff;
    }

    static int i32(byte[] buf, int at) {
        return (int) INTS.get(buf, at);
    }

    static long i64(byte[] buf, int at) {
        return (long) LONGS.get(buf, at);
    }

    static void put16(byte[] buf, int at, int value) {
        SHORTS.set(buf, at, (short) value);
    }

    static void put32(byte[] buf, int at, int value) {
        INTS.set(buf, at, value);
    }

    static void put64(byte[] buf, int at, long value) {
        LONGS.set(buf, at, value);
    }

    /** An unsigned count of bytes, held within an int. */
    static int size(byte[] buf, int at) {
        return (int) Math.min(i32(buf, at) & 0xffff_ffffL, Integer.MAX_VALUE);
    }

    /** Chunks and parameters end on a multiple of four bytes. */
    static int padded(int bytes) {
        return bytes + 3 & ~3;
    }

    /** Whether TSN {@code a} comes before {@code b}. */
    static boolean before(int a, int b) {
        return a - b < 0;
    }

    /** Whether stream sequence number {@code a} comes before {@code b}. */
    static boolean before(short a, short b) {
        return (short) (a - b) < 0;
    }
}
