package io.copperline.webrtc;

import java.nio.charset.StandardCharsets;

/**
 * What our RTP headers carry beside the fixed part, in the one-byte form.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |       0xBE    |    0xDE       |       length in words         |   RFC 8285 section 4.2
 * |  ID   | len=0 |V| level       |  ID   | len-1 |    mid ...    |   RFC 6464 section 3, RFC 9143 section 15
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
final class HeaderExtensions {
    static final HeaderExtensions NONE = new HeaderExtensions(0, 0, "");

    /** Of an element in the one-byte form. */
    private static final int MAX_MID_BYTES = 16;

    private static final int LEVEL_BYTES = 2;
    private static final int HEADER_BYTES = 4;
    /** All of it, padded to words. */
    static final int MAX_BYTES = HEADER_BYTES + 20;

    private final int audioLevelId;
    private final int midId;
    private final byte[] mid;

    /**
     * @param audioLevelId 1 to 14, or 0 for none
     * @param midId likewise
     */
    HeaderExtensions(int audioLevelId, int midId, String mid) {
        this.audioLevelId = audioLevelId;
        this.mid = mid.getBytes(StandardCharsets.UTF_8);
        this.midId = this.mid.length == 0 || this.mid.length > MAX_MID_BYTES ? 0 : midId;
    }

    /** How long it is with a level ({@link RtpSender#NO_LEVEL} for none), and with the mid or without. */
    int bytes(int audioLevel, boolean withMid) {
        int elements = levelBytes(audioLevel) + (withMid ? midBytes() : 0);
        return elements == 0 ? 0 : HEADER_BYTES + (elements + 3 & ~3);
    }

    private int levelBytes(int audioLevel) {
        return audioLevelId > 0 && audioLevel >= 0 ? LEVEL_BYTES : 0;
    }

    private int midBytes() {
        return midId > 0 ? 1 + mid.length : 0;
    }

    /** Writes what {@link #bytes} has measured. */
    void write(byte[] buf, int off, int audioLevel, int length) {
        buf[off] = (byte) 0xbe;
        buf[off + 1] = (byte) 0xde;
        buf[off + 2] = 0;
        buf[off + 3] = (byte) ((length - HEADER_BYTES) / 4);
        int at = off + HEADER_BYTES;
        int end = off + length;
        if (levelBytes(audioLevel) > 0) {
            buf[at++] = (byte) (audioLevelId << 4);
            buf[at++] = (byte) audioLevel;
        }
        if (midBytes() > 0 && end - at >= midBytes()) {
            buf[at++] = (byte) (midId << 4 | mid.length - 1);
            System.arraycopy(mid, 0, buf, at, mid.length);
            at += mid.length;
        }
        while (at < end) {
            buf[at++] = 0;
        }
    }
}
