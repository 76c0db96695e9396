package io.copperline.codecs.audio;

/**
 * What an Opus packet says of itself before it is decoded (RFC 6716 section 3).
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+     c: 0 one frame, 1 two of equal size, 2 two of different size,
 * | config  |s| c |        3 as many as the next byte says: |v|p|     M     |
 * +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class OpusPacket {
    private static final int MALFORMED = -1;
    private static final int MAX_FRAME_BYTES = 1275;
    // 120 ms at 48 kHz.
    private static final int MAX_SAMPLES_48K = 5760;

    private OpusPacket() {}

    /**
     * How many samples a packet gives at a rate, as its first bytes say.
     *
     * @return -1 if the packet breaks a rule of RFC 6716 section 3.4
     */
    public static int samples(byte[] packet, int off, int len, int rateHz) {
        if (len < 1) {
            return MALFORMED;
        }
        int frames = switch (packet[off] & 3) {
            case 0 -> len - 1 <= MAX_FRAME_BYTES ? 1 : MALFORMED;
            case 1 -> (len - 1) % 2 == 0 && (len - 1) / 2 <= MAX_FRAME_BYTES ? 2 : MALFORMED;
            case 2 -> twoFrames(packet, off + 1, off + len);
            default -> manyFrames(packet, off + 1, off + len);
        };
        int frameSamples48k = frameSamples48k(packet[off] & 0xFF);
        // R5: at most 120 ms.
        if (frames < 0 || frames * frameSamples48k > MAX_SAMPLES_48K) {
            return MALFORMED;
        }
        return (int) ((long) frames * frameSamples48k * rateHz / 48_000);
    }

    /**
     * Whether a packet of one frame also holds the frame before it (LBRR, RFC 6716 section 4.2.3): the bit behind the voice
     * activity bits, of which there is one for each 20 ms.
     */
    public static boolean redundant(byte[] packet, int off, int len) {
        if (len < 2 || (packet[off] & 3) != 0) {
            return false;
        }
        int config = (packet[off] & 0xFF) >> 3;
        boolean silk = config < 16;
        int frames = Math.max(1, frameSamples48k(packet[off] & 0xFF) / 960);
        return silk && (packet[off + 1] >> 7 - frames & 1) != 0;
    }

    /** RFC 6716 section 3.1, table 2. */
    private static int frameSamples48k(int toc) {
        int config = toc >> 3;
        if (config < 12) {
            // SILK: 10, 20, 40, 60 ms.
            int step = config & 3;
            return step == 3 ? 2880 : 480 << step;
        }
        // Hybrid: 10, 20 ms. CELT: 2.5, 5, 10, 20 ms.
        return config < 16 ? 480 << (config & 1) : 120 << (config & 3);
    }

    /** R4. */
    private static int twoFrames(byte[] packet, int at, int end) {
        int size = frameBytes(packet, at, end);
        if (size < 0) {
            return MALFORMED;
        }
        int second = end - at - sizeBytes(size) - size;
        return second >= 0 && second <= MAX_FRAME_BYTES ? 2 : MALFORMED;
    }

    /** R6 and R7. */
    private static int manyFrames(byte[] packet, int at, int end) {
        if (at >= end) {
            return MALFORMED;
        }
        int frames = packet[at] & 0x3F;
        boolean variable = (packet[at] & 0x80) != 0;
        boolean padded = (packet[at] & 0x40) != 0;
        int body = at + 1;
        int left = end - body;
        while (padded) {
            if (left < 1) {
                return MALFORMED;
            }
            int padding = packet[body++] & 0xFF;
            padded = padding == 255;
            left -= 1 + (padded ? 254 : padding);
        }
        if (frames == 0 || left < 0) {
            return MALFORMED;
        }
        boolean fits = variable ? fitsVariable(packet, body, left, frames) : fitsConstant(left, frames);
        return fits ? frames : MALFORMED;
    }

    private static boolean fitsConstant(int left, int frames) {
        return left % frames == 0 && left / frames <= MAX_FRAME_BYTES;
    }

    private static boolean fitsVariable(byte[] packet, int from, int left, int frames) {
        int at = from;
        int rest = left;
        for (int i = 1; i < frames; i++) {
            int size = frameBytes(packet, at, from + left);
            if (size < 0) {
                return false;
            }
            at += sizeBytes(size);
            rest -= sizeBytes(size) + size;
        }
        return rest >= 0 && rest <= MAX_FRAME_BYTES;
    }

    /** Section 3.2.1: one byte up to 251, else two. */
    private static int frameBytes(byte[] packet, int at, int end) {
        if (at >= end) {
            return MALFORMED;
        }
        int first = packet[at] & 0xFF;
        if (first < 252) {
            return first;
        }
        return at + 1 < end ? first + 4 * (packet[at + 1] & 0xFF) : MALFORMED;
    }

    private static int sizeBytes(int frameBytes) {
        return frameBytes < 252 ? 1 : 2;
    }
}
