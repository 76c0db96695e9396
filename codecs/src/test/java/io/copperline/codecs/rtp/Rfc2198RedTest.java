package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.codecs.AllocatedBytes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** RFC 2198: its payload, and what is recovered from it. */
class Rfc2198RedTest {
    private static final int OPUS = 111;
    private static final int FRAME = 960;
    private static final int PAYLOAD_BYTES = 50;
    private static final long FRAME_NANOS = 20_000_000;

    private final RedPayload red = new RedPayload();
    private final JitterBuffer buffer = JitterBuffer.opus();
    private final RedReceiver receiver = new RedReceiver(buffer);
    private final byte[] packet = new byte[500];
    private long nowNanos = 3_000_000_000L;

    private boolean read(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        byte[] shifted = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, shifted, 5, bytes.length);
        return red.read(shifted, 5, bytes.length);
    }

    @Test
    void blocksLieBehindTheirHeaders() {
        // Two redundant blocks, 1920 and 960 units ago, of 3 and 2 bytes; the primary has 4.
        assertTrue(read("ef 1e00 03  ef 0f00 02  6f  010101 0202 03030303"));
        assertEquals(2, red.redundantBlocks());
        assertEquals(OPUS, red.type(0));
        assertEquals(1920, red.timestampOffset(0));
        assertEquals(3, red.length(0));
        assertEquals(5 + 9, red.offset(0));
        assertEquals(960, red.timestampOffset(1));
        assertEquals(2, red.length(1));
        assertEquals(5 + 12, red.offset(1));
        assertEquals(OPUS, red.primaryType());
        assertEquals(5 + 14, red.primaryOffset());
        assertEquals(4, red.primaryLength());
    }

    @Test
    void theLargestOffsetAndLengthAreRead() {
        assertTrue(read("ef ffff ff 6f" + "00".repeat(1023)));
        assertEquals(16_383, red.timestampOffset(0));
        assertEquals(1_023, red.length(0));
        assertEquals(0, red.primaryLength());
    }

    @Test
    void thePrimaryMayBeAlone() {
        assertTrue(read("6f aabb"));
        assertEquals(0, red.redundantBlocks());
        assertEquals(2, red.primaryLength());
    }

    @Test
    void malformedPayloadsAreRefused() {
        for (String bad : new String[] {
            "", "ef", "ef 0f00", "ef 0f00 02", "ef 0f00 02 6f", "ef 0f00 02 6f 01", "ef 0f00 00", "ef 0f03 ff 6f 00"
        }) {
            assertFalse(read(bad), bad);
        }
        assertFalse(read("ef 0f00 00".repeat(RedPayload.MAX_REDUNDANT_BLOCKS + 1) + "6f 01"));
        assertTrue(read("ef 0f00 00".repeat(RedPayload.MAX_REDUNDANT_BLOCKS) + "6f 01"));
    }

    /** A packet of Chromium's kind: frame i, and before it the frames of the packets before. */
    private void send(int i, int distance) {
        int at = 0;
        for (int d = distance; d > 0; d--) {
            packet[at] = (byte) (0x80 | OPUS);
            Bytes.put16(packet, at + 1, d * FRAME << 2);
            packet[at + 2] |= (byte) (PAYLOAD_BYTES >> 8);
            packet[at + 3] = PAYLOAD_BYTES;
            at += 4;
        }
        packet[at++] = OPUS;
        for (int d = distance; d >= 0; d--) {
            Arrays.fill(packet, at, at + PAYLOAD_BYTES, (byte) (i - d));
            at += PAYLOAD_BYTES;
        }
        receiver.put(packet, 0, at, OPUS, i & 0xFFFF, (long) i * FRAME, false, nowNanos);
    }

    private JitterBuffer.Taken take() {
        return buffer.take(nowNanos);
    }

    /** What was played, as frame numbers in order; -1 for a frame that was lost. */
    private int[] play(int frames, IntPredicate lost, int distance) {
        int[] heard = new int[frames];
        int n = 0;
        for (int i = 0; n < frames; i++) {
            if (!lost.test(i)) {
                send(i, Math.min(i, distance));
            }
            nowNanos += FRAME_NANOS;
            JitterBuffer.Taken taken = take();
            if (taken == JitterBuffer.Taken.FRAME) {
                heard[n++] = buffer.payload()[buffer.payloadOffset()] & 0xFF;
            } else if (taken == JitterBuffer.Taken.LOST) {
                heard[n++] = -1;
            }
        }
        return heard;
    }

    @Test
    void everySingleLossIsMadeGoodOnceTheBufferKnowsThatThereIsLoss() {
        play(1_000, i -> i % 10 == 5, 1);
        JitterCounts counts = buffer.counts();
        long lostBefore = counts.lost();
        long recoveredBefore = counts.recovered();
        assertTrue(lostBefore <= 2, "lost " + lostBefore);
        play(1, _ -> false, 1);
        assertEquals(lostBefore, counts.lost());
        assertTrue(recoveredBefore >= 97, "recovered " + recoveredBefore);
    }

    @Test
    void ofThirtyPercentLossExactlyWhatTheNextPacketHeldIsRecovered() {
        Random random = new Random(7);
        int frames = 3_000;
        boolean[] dropped = new boolean[frames + 200];
        for (int i = 60; i < frames; i++) {
            dropped[i] = random.nextDouble() < 0.3;
        }
        // A buffer that is two frames deep has each redundant block before its frame is due.
        int gone = 0;
        int recoverable = 0;
        for (int i = 0; i < frames + 100; i++) {
            boolean first = i < 3;
            if (!dropped[i] || first) {
                send(i, i == 0 ? 0 : 1);
            } else {
                gone++;
                recoverable += dropped[i + 1] ? 0 : 1;
            }
            nowNanos += FRAME_NANOS;
            if (i >= 5) {
                take();
            }
        }
        JitterCounts counts = buffer.counts();
        assertEquals(gone, counts.lost() + counts.recovered());
        assertEquals(recoverable, counts.recovered());
        assertTrue(recoverable > gone * 0.6, recoverable + " of " + gone);
    }

    @Test
    void whatIsThereIsNeverReplaced() {
        for (int i = 0; i < 20; i++) {
            send(i, i == 0 ? 0 : 1);
        }
        assertEquals(0, buffer.counts().recovered());
        assertEquals(0, buffer.counts().duplicate());
    }

    @Test
    void aPacketThatComesAfterItsCopyIsADuplicate() {
        send(0, 0);
        send(2, 1);
        send(1, 0);
        assertEquals(1, buffer.counts().duplicate());
    }

    @Test
    void malformedPayloadsAreCounted() {
        receiver.put(new byte[] {(byte) 0xef}, 0, 1, OPUS, 1, 960, false, nowNanos);
        assertEquals(1, receiver.malformed());
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        int[] next = {0};
        long bytes = AllocatedBytes.of(1_000, 1_000, () -> {
            send(next[0]++, 1);
            nowNanos += FRAME_NANOS;
            take();
        });
        assertEquals(0, bytes);
    }

    @FuzzTest(maxDuration = "20s")
    void anyBytesAreSafe(byte[] bytes) {
        if (red.read(bytes, 0, bytes.length)) {
            int total = red.primaryLength();
            for (int i = 0; i < red.redundantBlocks(); i++) {
                total += red.length(i) + 4;
                assertTrue(red.offset(i) >= 0 && red.offset(i) + red.length(i) <= bytes.length);
            }
            assertEquals(bytes.length, total + 1);
            assertEquals(bytes.length, red.primaryOffset() + red.primaryLength());
        }
        receiver.put(
                bytes, 0, bytes.length, bytes.length > 0 ? bytes[0] & 0x7F : 0, bytes.length, 960, false, nowNanos);
        buffer.take(nowNanos);
    }
}
