package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavFileTest {
    private static byte[] wav(int format, int channels, int rateHz, int bits, short[] pcm) {
        ByteBuffer file = ByteBuffer.allocate(44 + 12 + 2 * pcm.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WAVE"));
        file.put(ascii("LIST")).putInt(3).put(ascii("abc\0")); // odd, and so padded
        file.put(ascii("fmt ")).putInt(16).putShort((short) format).putShort((short) channels);
        file.putInt(rateHz).putInt(rateHz * channels * bits / 8);
        file.putShort((short) (channels * bits / 8)).putShort((short) bits);
        file.put(ascii("data")).putInt(2 * pcm.length);
        file.asShortBuffer().put(pcm);
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void loopsWhatIsInIt() throws Exception {
        short[] pcm = Sound.tone(8_000, 440, 8_000, 1_000);
        WavFile file = WavFile.parse(wav(1, 1, 8_000, 16, pcm));
        short[] heard = new short[2_500];
        file.loop(8_000, 900, heard, 0, heard.length);
        assertArrayEquals(Arrays.copyOfRange(pcm, 900, 1_000), Arrays.copyOf(heard, 100));
        assertArrayEquals(pcm, Arrays.copyOfRange(heard, 100, 1_100));
        assertArrayEquals(Arrays.copyOf(pcm, 400), Arrays.copyOfRange(heard, 2_100, 2_500));
        assertEquals(WavFile.parse(wav(1, 1, 8_000, 16, pcm)), file);
    }

    @ParameterizedTest
    @CsvSource({"8000, 16000", "16000, 8000", "8000, 8000", "16000, 16000"})
    void soundsTheSameAtTheOtherRate(int fileHz, int wantedHz) throws Exception {
        WavFile file = WavFile.parse(wav(1, 1, fileHz, 16, Sound.tone(fileHz, 1_000, 10_000, fileHz)));
        short[] heard = new short[wantedHz];
        file.loop(wantedHz, 0, heard, 0, heard.length);
        assertEquals(10_000, Sound.peakOf(heard, 800, wantedHz - 1_600, wantedHz, 1_000), 60);
        assertTrue(Sound.shareOf(heard, 800, wantedHz - 1_600, wantedHz, 1_000) > 0.999);
    }

    @Test
    void whatTheNarrowRateCannotHoldIsLeftOut() throws Exception {
        WavFile file = WavFile.parse(wav(1, 1, 16_000, 16, Sound.tone(16_000, 6_000, 10_000, 16_000)));
        short[] heard = new short[8_000];
        file.loop(8_000, 0, heard, 0, heard.length);
        assertTrue(AudioLevel.dBov(heard, 100, 7_800) > 45);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 8000, 16", "1, 1, 44100, 16", "1, 1, 8000, 8", "7, 1, 8000, 8", "3, 1, 16000, 32"})
    void refusesOtherKinds(int format, int channels, int rateHz, int bits) {
        byte[] bytes = wav(format, channels, rateHz, bits, new short[8_000]);
        assertThrows(IOException.class, () -> WavFile.parse(bytes));
    }

    @Test
    void refusesWhatIsNoSound() {
        assertThrows(IOException.class, () -> WavFile.parse(new byte[0]));
        assertThrows(IOException.class, () -> WavFile.parse(ascii("ID3 and a song, long enough for a header")));
        assertThrows(IOException.class, () -> WavFile.parse(wav(1, 1, 8_000, 16, new short[10])));
        assertThrows(IOException.class, () -> WavFile.read(Path.of("/nowhere/music.wav")));
    }

    @Test
    void anyBytesAreSafe() {
        byte[] good = wav(1, 1, 8_000, 16, new short[1_000]);
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(good.length));
            for (int flips = 0; flips < 4 && bad.length > 0; flips++) {
                bad[random.nextInt(Math.min(60, bad.length))] = (byte) random.nextInt();
            }
            try {
                WavFile.parse(bad);
            } catch (IOException e) {
                assertNotNull(e.getMessage()); // What else is thrown fails the test.
            }
        }
    }
}
