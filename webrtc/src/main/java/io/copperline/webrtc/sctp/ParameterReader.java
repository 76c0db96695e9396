package io.copperline.webrtc.sctp;

/** Walks over parameters or error causes: {@code type(2) length(2) value}, padded to four (RFC 9260 section 3.2.1). */
final class ParameterReader {
    private static final int HEADER_BYTES = 4;

    private final byte[] buf;
    private final int end;
    private int at;
    private int next;
    private boolean malformed;

    ParameterReader(byte[] buf, int off, int len) {
        this.buf = buf;
        next = off;
        end = off + len;
    }

    /** Goes to the next one; false at the end, and where the next one is {@link #malformed}. */
    boolean next() {
        if (next >= end) {
            return false;
        }
        if (end - next < HEADER_BYTES) {
            malformed = true;
            return false;
        }
        int bytes = Wire.u16(buf, next + 2);
        if (bytes < HEADER_BYTES || bytes > end - next) {
            malformed = true;
            return false;
        }
        at = next;
        next = Math.min(next + Wire.padded(bytes), end);
        return true;
    }

    boolean malformed() {
        return malformed;
    }

    int type() {
        return Wire.u16(buf, at);
    }

    /** Where the parameter with its header begins. */
    int off() {
        return at;
    }

    /** Its length with the header. */
    int bytes() {
        return Wire.u16(buf, at + 2);
    }

    int valueOff() {
        return at + HEADER_BYTES;
    }

    int valueBytes() {
        return bytes() - HEADER_BYTES;
    }
}
