package io.copperline.webrtc.sctp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes ERROR and ABORT chunks with one cause: {@code code(2) length(2) value} (RFC 9260 section 3.3.10). */
final class ErrorCause {
    private static final int HEADER_BYTES = 4;

    private ErrorCause() {}

    /** An ERROR whose value is four bytes, 0 so far; returns where they are. */
    static int error(Outbox out, int cause) {
        int at = open(out, ChunkType.ERROR, cause, 4);
        Wire.put32(out.buf(), at, 0);
        return at;
    }

    /** Breaks off, and says in words why. */
    static void abort(Outbox out, SctpDrop why) {
        byte[] text = why.name().toLowerCase(Locale.ROOT).replace('_', ' ').getBytes(StandardCharsets.US_ASCII);
        out.discard();
        int at = open(out, ChunkType.ABORT, why.abortCause(), text.length);
        System.arraycopy(text, 0, out.buf(), at, text.length);
        out.flush();
    }

    /** Breaks off because our user wants it. */
    static void abort(Outbox out) {
        open(out, ChunkType.ABORT, ChunkType.CAUSE_USER_ABORT, 0);
        out.flush();
    }

    private static int open(Outbox out, int type, int cause, int valueBytes) {
        int at = out.open(type, 0, HEADER_BYTES + valueBytes);
        Wire.put16(out.buf(), at, cause);
        Wire.put16(out.buf(), at + 2, HEADER_BYTES + valueBytes);
        return at + HEADER_BYTES;
    }
}
