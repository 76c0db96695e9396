package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 6716 section 3, and libopus as the second opinion. */
class OpusPacketTest {
    private static final OpusDecoder DECODER = Opus.load(Optional.empty()).decoder(48_000);
    private static final short[] PCM = new short[5760];

    private static int samples(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] shifted = new byte[bytes.length + 2];
        System.arraycopy(bytes, 0, shifted, 2, bytes.length);
        return OpusPacket.samples(shifted, 2, bytes.length, 48_000);
    }

    @Test
    void everyConfigurationHasItsLength() {
        int[] tenths = {100, 200, 400, 600};
        for (int config = 0; config < 12; config++) {
            assertEquals(tenths[config & 3] * 48 / 10, samples("%02x".formatted(config << 3)));
        }
        for (int config = 12; config < 16; config++) {
            assertEquals(tenths[config & 1] * 48 / 10, samples("%02x".formatted(config << 3)));
        }
        int[] celtTenths = {25, 50, 100, 200};
        for (int config = 16; config < 32; config++) {
            assertEquals(celtTenths[config & 3] * 48 / 10, samples("%02x".formatted(config << 3)));
        }
    }

    @Test
    void samplesAreOfTheRateAskedFor() {
        assertEquals(160, OpusPacket.samples(new byte[] {0x08}, 0, 1, 8000));
        assertEquals(320, OpusPacket.samples(new byte[] {0x08}, 0, 1, 16_000));
    }

    @Test
    void severalFramesAreCounted() {
        assertEquals(1920, samples("09 aa bb"));
        assertEquals(1920, samples("0a 01 aa bb"));
        assertEquals(2880, samples("0b 03 aa bb cc"));
        assertEquals(2880, samples("0b 83 01 02 aa bb bb cc"));
        assertEquals(960, samples("0b 41 02 aa 00 00"));
    }

    @Test
    void brokenPacketsAreMalformed() {
        for (String bad : new String[] {
            "",
            "09 aa",
            "0a",
            "0a 05 aa",
            "0a fc",
            "0b",
            "0b 00",
            "0b 07 00",
            "0b 02 aa",
            "0b 41",
            "0b 41 05 aa",
            "0b 41 ff",
            "0b 82",
            "0b 82 05 aa",
            "1b 03 aa bb cc"
        }) {
            assertEquals(-1, samples(bad), bad);
        }
    }

    @FuzzTest(maxDuration = "20s")
    void agreesWithLibopus(byte[] bytes) {
        if (bytes.length > 1500) {
            return;
        }
        OpusPacket.redundant(bytes, 0, bytes.length);
        int said = OpusPacket.samples(bytes, 0, bytes.length, 48_000);
        int decoded = DECODER.decode(bytes, 0, bytes.length, PCM, 0, PCM.length);
        if (decoded >= 0 && decoded != said) {
            throw new AssertionError("decoded " + decoded + ", said " + said);
        }
        if (decoded == OpusLibrary.INVALID_PACKET && said >= 0) {
            throw new AssertionError("refused, said " + said);
        }
    }
}
