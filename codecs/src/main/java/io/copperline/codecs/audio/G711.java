package io.copperline.codecs.audio;

/** ITU-T G.711 by tables, made at start by the rules of ITU-T G.191's reference. One byte a sample, 8 kHz. */
public final class G711 {
    private static final int BIAS = 33;
    private static final int MAX_BIASED = 0x1FFF;
    // Magnitudes in 13 bits, without sign.
    private static final byte[] TO_MU = new byte[1 << 13];
    private static final byte[] TO_A = new byte[1 << 13];
    private static final short[] FROM_MU = new short[256];
    private static final short[] FROM_A = new short[256];

    static {
        for (int magnitude = 0; magnitude < 1 << 13; magnitude++) {
            TO_MU[magnitude] = (byte) compressMu(magnitude);
            TO_A[magnitude] = (byte) compressA(magnitude);
        }
        for (int code = 0; code < 256; code++) {
            FROM_MU[code] = (short) expandMu(code);
            FROM_A[code] = (short) expandA(code);
        }
    }

    private G711() {}

    /** Encodes n samples to n bytes of mu-law (PCMU). */
    public static void encodeMu(short[] pcm, int off, int n, byte[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            int sample = pcm[off + i];
            // The ones' complement of negatives; the sign becomes bit 7, set for positive ones.
            int sign = sample >> 15;
            out[outOff + i] = (byte) (TO_MU[(sample ^ sign) >> 2] ^ (sign & 0x80));
        }
    }

    /** Encodes n samples to n bytes of A-law (PCMA). */
    public static void encodeA(short[] pcm, int off, int n, byte[] out, int outOff) {
        for (int i = 0; i < n; i++) {
            int sample = pcm[off + i];
            int sign = sample >> 15;
            out[outOff + i] = (byte) (TO_A[(sample ^ sign) >> 2] ^ (sign & 0x80));
        }
    }

    /** Decodes n bytes of mu-law to n samples. */
    public static void decodeMu(byte[] in, int off, int n, short[] pcm, int pcmOff) {
        for (int i = 0; i < n; i++) {
            pcm[pcmOff + i] = FROM_MU[in[off + i] & 0xFF];
        }
    }

    /** Decodes n bytes of A-law to n samples. */
    public static void decodeA(byte[] in, int off, int n, short[] pcm, int pcmOff) {
        for (int i = 0; i < n; i++) {
            pcm[pcmOff + i] = FROM_A[in[off + i] & 0xFF];
        }
    }

    private static int compressMu(int magnitude) {
        int biased = Math.min(MAX_BIASED, magnitude + BIAS);
        int segment = 1 + bits(biased >> 6);
        int low = 0xF - (biased >> segment & 0xF);
        return 0x80 | 8 - segment << 4 | low;
    }

    private static int compressA(int magnitude) {
        // A-law keeps 11 of the 13 bits.
        int value = magnitude >> 2;
        if (value > 15) {
            int exponent = 1 + bits(value >> 5);
            value = (value >> exponent - 1) - 16 + (exponent << 4);
        }
        return (0x80 | value) ^ 0x55;
    }

    private static int expandMu(int code) {
        int inverted = ~code;
        int exponent = inverted >> 4 & 7;
        int step = 8 << exponent;
        int magnitude = (0x80 << exponent) + step * (inverted & 0xF) + step / 2 - 4 * BIAS;
        return code < 0x80 ? -magnitude : magnitude;
    }

    private static int expandA(int code) {
        int value = (code ^ 0x55) & 0x7F;
        int exponent = value >> 4;
        int mantissa = (value & 0xF) + (exponent > 0 ? 16 : 0);
        int magnitude = (mantissa << 4) + 8 << Math.max(0, exponent - 1);
        return code < 0x80 ? -magnitude : magnitude;
    }

    private static int bits(int value) {
        return 32 - Integer.numberOfLeadingZeros(value);
    }
}
