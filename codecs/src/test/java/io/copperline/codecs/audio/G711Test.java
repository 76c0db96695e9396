package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.AllocatedBytes;
import org.junit.jupiter.api.Test;

/** ITU-T G.711 tables 1 and 2. */
class G711Test {
    private static int mu(int sample) {
        byte[] out = new byte[1];
        G711.encodeMu(new short[] {(short) sample}, 0, 1, out, 0);
        return out[0] & 0xFF;
    }

    private static int a(int sample) {
        byte[] out = new byte[1];
        G711.encodeA(new short[] {(short) sample}, 0, 1, out, 0);
        return out[0] & 0xFF;
    }

    private static short fromMu(int code) {
        short[] pcm = new short[1];
        G711.decodeMu(new byte[] {(byte) code}, 0, 1, pcm, 0);
        return pcm[0];
    }

    private static short fromA(int code) {
        short[] pcm = new short[1];
        G711.decodeA(new byte[] {(byte) code}, 0, 1, pcm, 0);
        return pcm[0];
    }

    @Test
    void everyCodeSurvivesDecodingAndEncoding() {
        for (int code = 0; code < 256; code++) {
            assertEquals(code, a(fromA(code)));
            // Mu-law has two zeros; the negative one becomes the positive one.
            assertEquals(code == 0x7F ? 0xFF : code, mu(fromMu(code)));
        }
    }

    @Test
    void muLawHasTheTablesValues() {
        // Table 2a/2b: code, output value in 14 bits, times 4 here.
        int[][] table = {
            {0x80, 8031},
            {0x8F, 4191},
            {0x9F, 2079},
            {0xAF, 1023},
            {0xBF, 495},
            {0xCF, 231},
            {0xDF, 99},
            {0xEF, 33},
            {0xFE, 2},
            {0xFF, 0}
        };
        for (int[] row : table) {
            assertEquals(4 * row[1], fromMu(row[0]));
            assertEquals(-4 * row[1], fromMu(row[0] & 0x7F));
        }
    }

    @Test
    void aLawHasTheTablesValues() {
        // Table 1a/1b: code before the even bits are inverted, output value in 13 bits, times 8 here.
        int[][] table = {
            {0xFF, 4032}, {0xF0, 2112}, {0xE0, 1056}, {0xD0, 528}, {0xC0, 264}, {0xB0, 132}, {0xA0, 66}, {0x80, 1}
        };
        for (int[] row : table) {
            assertEquals(8 * row[1], fromA(row[0] ^ 0x55));
            assertEquals(-8 * row[1], fromA((row[0] ^ 0x55) & 0x7F));
        }
    }

    @Test
    void extremesAndSilenceAreRight() {
        assertEquals(0x80, mu(32_767));
        assertEquals(0x00, mu(-32_768));
        assertEquals(0xFF, mu(0));
        assertEquals(0xAA, a(32_767));
        assertEquals(0x2A, a(-32_768));
        assertEquals(0xD5, a(0));
    }

    @Test
    void everySampleGoesToItsNearestCode() {
        for (int sample = -32_768; sample < 32_768; sample++) {
            // Half a step of the sample's segment, and what the shorter word cuts off.
            int step = Math.max(16, Integer.highestOneBit(Math.abs(sample) + 132) >> 4);
            int clipped = Math.clamp(sample, -32_124, 32_124);
            assertTrue(Math.abs(fromMu(mu(sample)) - clipped) <= step / 2 + 4, "mu " + sample);
            int stepA = Math.max(16, Integer.highestOneBit(Math.abs(sample)) >> 4);
            assertTrue(Math.abs(fromA(a(sample)) - sample) <= stepA / 2 + 16, "a " + sample);
        }
    }

    @Test
    void nothingIsAllocated() {
        short[] pcm = new short[160];
        byte[] bytes = new byte[160];
        assertEquals(0, AllocatedBytes.of(20_000, 1000, () -> {
            G711.encodeMu(pcm, 0, 160, bytes, 0);
            G711.decodeMu(bytes, 0, 160, pcm, 0);
            G711.encodeA(pcm, 0, 160, bytes, 0);
            G711.decodeA(bytes, 0, 160, pcm, 0);
        }));
    }
}
