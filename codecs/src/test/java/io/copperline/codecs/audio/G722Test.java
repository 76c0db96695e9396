package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.AllocatedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bit by bit against libavcodec 59.37 (Debian 12), a sweep and noise of 1.2 s, and tones through our own two sides. */
class G722Test {
    private static byte[] resource(String name) throws IOException {
        try (InputStream in = G722Test.class.getResourceAsStream("g722/" + name)) {
            return in.readAllBytes();
        }
    }

    private static short[] samples(String name) throws IOException {
        byte[] bytes = resource(name);
        short[] pcm = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
        return pcm;
    }

    @Test
    void encodesAsLibavcodecDoes() throws IOException {
        short[] pcm = samples("sweep-and-noise.pcm");
        byte[] coded = new byte[pcm.length / 2];
        G722Encoder encoder = new G722Encoder(16_000);
        for (int off = 0; off < pcm.length; off += 320) {
            assertEquals(160, encoder.encode(pcm, off, 320, coded, off / 2));
        }
        assertArrayEquals(resource("libavcodec.g722"), coded);
    }

    @Test
    void decodesAsLibavcodecDoes() throws IOException {
        byte[] coded = resource("libavcodec.g722");
        short[] pcm = new short[2 * coded.length];
        assertEquals(pcm.length, new G722Decoder(16_000).decode(coded, 0, coded.length, pcm, 0));
        assertArrayEquals(samples("libavcodec.pcm"), pcm);
    }

    @ParameterizedTest
    @CsvSource({
        "16000, 16000, 300",
        "16000, 16000, 3000",
        "16000, 16000, 6500",
        "8000, 8000, 300",
        "8000, 8000, 3000",
        "8000, 16000, 1000",
        "16000, 8000, 1000"
    })
    void carriesATone(int fromHz, int toHz, int toneHz) {
        short[] tone = Sound.tone(fromHz, toneHz, 8_000, fromHz);
        byte[] coded = new byte[8_000];
        assertEquals(8_000, new G722Encoder(fromHz).encode(tone, 0, tone.length, coded, 0));
        short[] heard = new short[toHz];
        assertEquals(toHz, new G722Decoder(toHz).decode(coded, 0, coded.length, heard, 0));
        double peak = Sound.peakOf(heard, toHz / 2, toHz / 2, toHz, toneHz);
        assertTrue(Math.abs(peak - 8_000) < 800, "peak " + peak);
    }

    @Test
    void allocatesNothing() {
        G722Encoder encoder = new G722Encoder(16_000);
        G722Decoder decoder = new G722Decoder(16_000);
        short[] pcm = Sound.voice(16_000, 320);
        byte[] coded = new byte[160];
        assertEquals(0, AllocatedBytes.of(2_000, 1_000, () -> {
            encoder.encode(pcm, 0, 320, coded, 0);
            decoder.decode(coded, 0, 160, pcm, 0);
        }));
    }

    @Test
    void knowsTwoRates() {
        assertThrows(IllegalArgumentException.class, () -> new G722Encoder(48_000));
    }
}
