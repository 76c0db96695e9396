package io.copperline.codecs.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.AllocatedBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpusTest {
    private static final Opus OPUS = Opus.load(Optional.empty());

    private interface Decoding {
        int decode(byte[] packet, int len, short[] pcm, int off, int frame) throws Exception;
    }

    private static short[] through(int rateHz, short[] pcm, Decoding decoding) throws Exception {
        int frame = rateHz / 50;
        short[] heard = new short[pcm.length];
        byte[] packet = new byte[400];
        try (OpusEncoder encoder = OPUS.encoder(rateHz)) {
            for (int at = 0; at < pcm.length; at += frame) {
                int bytes = encoder.encode(pcm, at, frame, packet, 3, 300);
                byte[] sent = Arrays.copyOfRange(packet, 3, 3 + bytes);
                assertEquals(frame, decoding.decode(sent, bytes, heard, at, frame));
            }
        }
        return heard;
    }

    private static void assertTone(short[] heard, int rateHz) {
        int from = rateHz / 2;
        assertTrue(Sound.shareOf(heard, from, rateHz / 2, rateHz, 1000) > 0.97);
        assertEquals(8000, Sound.peakOf(heard, from, rateHz / 2, rateHz, 1000), 600);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 48_000})
    void toneComesThroughOurOwnDecoder(int rateHz) throws Exception {
        try (OpusDecoder decoder = OPUS.decoder(rateHz)) {
            assertTone(
                    through(
                            rateHz,
                            Sound.tone(rateHz, 1000, 8000, rateHz),
                            (packet, len, pcm, off, frame) -> decoder.decode(packet, 0, len, pcm, off, frame)),
                    rateHz);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 48_000})
    void anotherDecoderHearsOurTone(int rateHz) throws Exception {
        var other = new io.github.jaredmdobson.concentus.OpusDecoder(rateHz, 1);
        assertTone(
                through(
                        rateHz,
                        Sound.tone(rateHz, 1000, 8000, rateHz),
                        (packet, len, pcm, off, frame) -> other.decode(packet, 0, len, pcm, off, frame, false)),
                rateHz);
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 16_000, 48_000})
    void weHearAnotherEncodersTone(int rateHz) throws Exception {
        var other = new io.github.jaredmdobson.concentus.OpusEncoder(
                rateHz, 1, io.github.jaredmdobson.concentus.OpusApplication.OPUS_APPLICATION_VOIP);
        other.setBitrate(24_000);
        short[] pcm = Sound.tone(rateHz, 1000, 8000, rateHz);
        short[] heard = new short[rateHz];
        byte[] packet = new byte[400];
        int frame = rateHz / 50;
        try (OpusDecoder decoder = OPUS.decoder(rateHz)) {
            for (int at = 0; at < rateHz; at += frame) {
                int bytes = other.encode(pcm, at, frame, packet, 0, packet.length);
                assertEquals(frame, OpusPacket.samples(packet, 0, bytes, rateHz));
                assertEquals(frame, decoder.decode(packet, 0, bytes, heard, at, frame));
            }
        }
        assertTone(heard, rateHz);
    }

    @Test
    void fullBandIsDecodedStraightToTheTrunksRate() throws Exception {
        short[] heard = new short[8000];
        int[] at = {0};
        try (OpusDecoder decoder = OPUS.decoder(8000)) {
            through(48_000, Sound.tone(48_000, 1000, 8000, 48_000), (packet, len, pcm, off, frame) -> {
                at[0] += decoder.decode(packet, 0, len, heard, at[0], 160);
                return frame;
            });
        }
        assertEquals(8000, at[0]);
        assertTone(heard, 8000);
    }

    @Test
    void forwardErrorCorrectionRestoresBetterThanConcealment() throws Exception {
        double byFec = errorOverLostFrames(true);
        double byConcealment = errorOverLostFrames(false);
        assertTrue(byFec < byConcealment / 3, byFec + " against " + byConcealment);
    }

    @Test
    void aPacketSaysWhetherItHoldsTheFrameBeforeIt() throws Exception {
        assertTrue(redundantShare(true) > 0.8, "share " + redundantShare(true));
        assertEquals(0, redundantShare(false));
    }

    private static double redundantShare(boolean fec) throws Exception {
        short[] voice = Sound.voice(8_000, 8_000 * 2);
        int redundant = 0;
        int packets = voice.length / 160;
        try (OpusEncoder encoder = OPUS.encoder(8_000)) {
            encoder.fec(fec);
            encoder.expectedLoss(20);
            byte[] out = new byte[400];
            for (int i = 0; i < packets; i++) {
                int bytes = encoder.encode(voice, i * 160, 160, out, 0, out.length);
                redundant += OpusPacket.redundant(out, 0, bytes) ? 1 : 0;
            }
        }
        return redundant / (double) packets;
    }

    private static double errorOverLostFrames(boolean fec) throws Exception {
        int frame = 320;
        short[] voice = Sound.voice(16_000, 16_000 * 4);
        short[] whole = new short[voice.length];
        short[] heard = new short[voice.length];
        byte[][] packets = new byte[voice.length / frame][];
        try (OpusEncoder encoder = OPUS.encoder(16_000);
                OpusDecoder reference = OPUS.decoder(16_000);
                OpusDecoder decoder = OPUS.decoder(16_000)) {
            encoder.expectedLoss(20);
            byte[] out = new byte[400];
            for (int i = 0; i < packets.length; i++) {
                int bytes = encoder.encode(voice, i * frame, frame, out, 0, out.length);
                packets[i] = Arrays.copyOf(out, bytes);
                reference.decode(packets[i], 0, bytes, whole, i * frame, frame);
            }
            double error = 0;
            for (int i = 0; i < packets.length; i++) {
                boolean lost = i % 5 == 4 && i + 1 < packets.length;
                if (!lost) {
                    decoder.decode(packets[i], 0, packets[i].length, heard, i * frame, frame);
                    continue;
                }
                byte[] next = packets[i + 1];
                int samples = fec
                        ? decoder.decodeFec(next, 0, next.length, heard, i * frame, frame)
                        : decoder.conceal(heard, i * frame, frame);
                assertEquals(frame, samples);
                error += Sound.error(whole, i * frame, heard, i * frame, frame);
            }
            return error;
        }
    }

    @Test
    void silenceIsHardlySentUnderDtx() {
        byte[] out = new byte[400];
        int small = 0;
        try (OpusEncoder encoder = OPUS.encoder(8000)) {
            encoder.dtx(true);
            for (int i = 0; i < 500; i++) {
                small += encoder.encode(new short[160], 0, 160, out, 0, 400) <= 2 ? 1 : 0;
            }
        }
        assertTrue(small > 430, "small frames: " + small);
    }

    @Test
    void bitrateIsObeyed() {
        assertTrue(bytesOfVoice(12_000) < 0.7 * bytesOfVoice(24_000));
    }

    private static int bytesOfVoice(int bitsPerSecond) {
        short[] voice = Sound.voice(8000, 8000);
        byte[] out = new byte[400];
        int sum = 0;
        try (OpusEncoder encoder = OPUS.encoder(8000)) {
            encoder.bitrate(bitsPerSecond);
            for (int at = 0; at < voice.length; at += 160) {
                sum += encoder.encode(voice, at, 160, out, 0, 400);
            }
        }
        return sum;
    }

    @Test
    void nothingIsAllocatedPerFrame() {
        short[] pcm = Sound.voice(8000, 160);
        short[] heard = new short[160];
        byte[] packet = new byte[400];
        try (OpusEncoder encoder = OPUS.encoder(8000);
                OpusDecoder decoder = OPUS.decoder(8000)) {
            assertEquals(0, AllocatedBytes.of(3000, 300, () -> {
                int bytes = encoder.encode(pcm, 0, 160, packet, 0, 400);
                decoder.decodeFec(packet, 0, bytes, heard, 0, 160);
                decoder.decode(packet, 0, bytes, heard, 0, 160);
                decoder.conceal(heard, 0, 160);
            }));
        }
    }

    @Test
    void badInputIsAnErrorNotAnException() {
        short[] pcm = new short[960];
        try (OpusEncoder encoder = OPUS.encoder(48_000);
                OpusDecoder decoder = OPUS.decoder(48_000)) {
            assertTrue(decoder.decode(new byte[0], 0, 0, pcm, 0, 960) < 0);
            assertTrue(decoder.decode(new byte[] {(byte) 0xFF}, 0, 1, pcm, 0, 960) < 0);
            assertTrue(decoder.decode(new byte[4000], 0, 4000, pcm, 0, 960) < 0);
            assertTrue(decoder.decodeFec(new byte[0], 0, 0, pcm, 0, 960) < 0);
            assertTrue(decoder.conceal(pcm, 0, 7) < 0);
            assertTrue(decoder.conceal(pcm, 0, 99_999) < 0);
            assertTrue(encoder.encode(pcm, 0, 7, new byte[10], 0, 10) < 0);
            assertTrue(encoder.encode(pcm, 0, 960, new byte[10], 0, 0) < 0);
            assertThrows(IllegalArgumentException.class, () -> encoder.complexity(11));
        }
    }

    @Test
    void closedCodecRefusesAndClosesOnce() {
        OpusDecoder decoder = OPUS.decoder(8000);
        decoder.close();
        decoder.close();
        assertThrows(IllegalStateException.class, () -> decoder.conceal(new short[160], 0, 160));
        OpusEncoder encoder = OPUS.encoder(8000);
        encoder.close();
        encoder.close();
        assertThrows(IllegalStateException.class, () -> encoder.encode(new short[160], 0, 160, new byte[99], 0, 99));
    }

    @Test
    void resetDecoderHearsTheStreamAnew() {
        byte[] packet = new byte[400];
        short[] first = new short[160];
        short[] again = new short[160];
        try (OpusEncoder encoder = OPUS.encoder(8000);
                OpusDecoder decoder = OPUS.decoder(8000)) {
            int bytes = encoder.encode(Sound.voice(8000, 160), 0, 160, packet, 0, 400);
            decoder.decode(packet, 0, bytes, first, 0, 160);
            decoder.decode(packet, 0, bytes, again, 0, 160);
            decoder.reset();
            decoder.decode(packet, 0, bytes, again, 0, 160);
        }
        assertArrayEquals(first, again);
    }

    @Test
    void libraryIsTheSystemsOrThePackedOneOrTheOneNamed(@TempDir Path dir) throws IOException {
        assertTrue(OPUS.version().startsWith("libopus"), OPUS.version());
        assertTrue(OpusLibraryFinder.packed().encode().address() != 0);
        Path missing = dir.resolve("libopus.so");
        OpusMissing e = assertThrows(OpusMissing.class, () -> Opus.load(Optional.of(missing)));
        assertTrue(e.getMessage().contains(missing.toString()) && e.getMessage().contains("install"), e.getMessage());
        Files.writeString(missing, "not a library");
        assertThrows(OpusMissing.class, () -> Opus.load(Optional.of(missing)));
        assertThrows(IllegalArgumentException.class, () -> OPUS.encoder(44_100));
    }
}
