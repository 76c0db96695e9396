package io.copperline.gateway.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.sdp.AudioFormat;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a browser asks of our Opus (RFC 7587 section 6.1), by what comes out. */
class OpusEncodingTest {
    private static final int SAMPLES = 160;
    private static final int FRAMES = 200;

    private final OpusEncoding encoding = new OpusEncoding(SimulatedCall.opus(), 8_000);
    private final Random random = new Random(1);
    private final byte[] out = new byte[400];
    private final Set<Integer> sizes = new HashSet<>();
    private int sent;
    private int bytes;

    @AfterEach
    void close() {
        encoding.close();
    }

    private void asked(String parameters) {
        encoding.asked(new AudioFormat(111, "opus", 48_000, 2, parameters));
    }

    /** Four seconds of noise whose loudness wanders, or of silence. */
    private void encode(boolean silence) {
        short[] pcm = new short[SAMPLES];
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int i = 0; i < SAMPLES && !silence; i++) {
                pcm[i] = (short) (random.nextGaussian() * (frame % 50) * 100);
            }
            int len = encoding.encode(pcm, 0, SAMPLES, out, 0);
            sent += len > 0 ? 1 : 0;
            bytes += len;
            sizes.add(len);
        }
    }

    @Test
    void sendsEveryFrameUntilDiscontinuousTransmissionIsAskedFor() {
        asked("useinbandfec=1");
        encode(true);
        assertEquals(FRAMES, sent);
    }

    @Test
    void leavesSilenceOutWhereItIsAskedTo() {
        asked("usedtx=1");
        encode(true);
        assertTrue(sent < FRAMES / 4, () -> sent + " frames of silence");
    }

    @Test
    void constantBitRateHasOneSize() {
        asked("cbr=1");
        encode(false);
        assertEquals(1, sizes.size(), sizes::toString);
    }

    @Test
    void aLowerBitRateIsKeptToAndAHigherOneIsNotFollowed() {
        asked("maxaveragebitrate=8000");
        encode(false);
        int low = bytes;
        bytes = 0;
        asked("maxaveragebitrate=510000");
        encode(false);
        // Of 20 kbit/s, our own most, four seconds are 10000 bytes.
        assertTrue(low < 5_500 && bytes > 2 * low && bytes < 12_000, () -> low + " and " + bytes + " bytes");
    }
}
