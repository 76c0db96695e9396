package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.rtp.JitterBuffer.Taken;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule by itself, packet by packet; PCMU, 20 ms, the tick 1 ms behind the packet's time. */
class JitterBufferTest {
    private static final long MILLI = 1_000_000L;
    private final JitterBuffer buffer = JitterBuffer.g711();
    private long now;

    private void put(int frame) {
        putAt(frame, frame * 160L);
    }

    private void putAt(int seq, long ts) {
        byte[] payload = {0, (byte) seq, 1};
        buffer.put(payload, 1, 2, seq & 0xFFFF, ts & 0xFFFF_FFFFL, false, now);
    }

    private String take() {
        Taken taken = buffer.take(now + MILLI);
        now += 20 * MILLI;
        if (taken == Taken.FRAME || buffer.nextPresent()) {
            assertEquals(2, buffer.payloadLength());
            int frame = buffer.payload()[buffer.payloadOffset()];
            return taken == Taken.FRAME ? "" + frame : "<" + frame;
        }
        return taken.name();
    }

    /** Puts frames 0 to last one each tick, and gives what was taken. */
    private List<String> stream(int last) {
        List<String> results = new ArrayList<>();
        for (int frame = 0; frame <= last; frame++) {
            put(frame);
            results.add(take());
        }
        return results;
    }

    @Test
    void startsFortyMillisecondsDeep() {
        assertEquals(List.of("WAITING", "WAITING", "0", "1", "2"), stream(4));
        assertEquals(41, buffer.depthMillis());
    }

    @Test
    void nothingComesBeforeTheFirstPacket() {
        assertEquals("WAITING", take());
        assertEquals(0, buffer.payloadLength());
    }

    @Test
    void reorderedPacketsComeInOrder() {
        assertEquals(List.of("WAITING", "WAITING", "0", "1"), stream(3));
        now += 20 * MILLI;
        put(5);
        put(4);
        now -= 20 * MILLI;
        assertEquals("2", take());
        assertEquals("3", take());
        assertEquals("4", take());
        assertEquals("5", take());
        assertEquals(0, buffer.counts().lost());
    }

    @Test
    void olderPacketThanTheFirstIsTakenBeforePlayingBegins() {
        put(1);
        take();
        put(0);
        take();
        assertEquals("0", take());
        assertEquals("1", take());
    }

    @Test
    void lostFrameIsOfferedToTheNextOnesFec() {
        stream(5);
        now += 20 * MILLI;
        put(7);
        now -= 20 * MILLI;
        assertEquals("4", take());
        assertEquals("5", take());
        assertEquals("<7", take());
        assertEquals("7", take());
        assertEquals(1, buffer.counts().lost());
        assertEquals(1, buffer.counts().concealed());
    }

    @Test
    void twoLostFramesOfferFecForTheSecond() {
        stream(5);
        now += 40 * MILLI;
        put(8);
        now -= 40 * MILLI;
        assertEquals("4", take());
        assertEquals("5", take());
        assertEquals("LOST", take());
        assertEquals("<8", take());
        assertEquals("8", take());
        assertEquals(2, buffer.counts().lost());
    }

    @Test
    void duplicatesAndLatePacketsAreCountedAndDropped() {
        stream(5);
        put(5);
        put(2);
        assertEquals(2, buffer.counts().duplicate());
        now += 20 * MILLI;
        put(7);
        assertEquals("4", take());
        assertEquals("5", take());
        assertEquals("<7", take());
        putAt(6, 6 * 160);
        assertEquals("7", take());
        assertEquals(1, buffer.counts().late());
        putAt(6, 6 * 160);
        assertEquals(2, buffer.counts().late());
    }

    @Test
    void starvingConcealsAndThenPauses() {
        stream(4);
        assertEquals("3", take());
        assertEquals("4", take());
        for (int i = 0; i < 10; i++) {
            assertEquals("LOST", take());
        }
        assertEquals("PAUSE", take());
        assertEquals("PAUSE", take());
        assertEquals(0, buffer.counts().lost());
    }

    @Test
    void latePacketIsStillPlayedWhenNothingElseIsThere() {
        stream(4);
        take();
        assertEquals("4", take());
        assertEquals("LOST", take());
        put(5);
        assertEquals("5", take());
        assertEquals(0, buffer.counts().late());
        assertEquals(0, buffer.counts().lost());
    }

    @Test
    void pauseOfTheSenderIsNoLoss() {
        stream(4);
        take();
        take();
        for (int i = 0; i < 50; i++) {
            take();
        }
        long frames = now / (20 * MILLI);
        putAt(5, frames * 160);
        assertEquals("PAUSE", take());
        putAt(6, (frames + 1) * 160);
        assertEquals("PAUSE", take());
        putAt(7, (frames + 2) * 160);
        assertEquals("5", take());
        assertEquals("6", take());
        assertEquals(0, buffer.counts().lost());
    }

    @Test
    void telephoneEventsAreNoLoss() {
        stream(4);
        for (int i = 5; i < 17; i++) {
            buffer.skip(i);
            take();
        }
        long frames = now / (20 * MILLI);
        putAt(17, frames * 160);
        take();
        putAt(18, (frames + 1) * 160);
        take();
        assertEquals("17", take());
        assertEquals("18", take());
        assertEquals(0, buffer.counts().lost());
    }

    @Test
    void sequenceWrapIsPassed() {
        List<String> results = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            putAt(65_530 + i, 0xFFFF_FF00L + i * 160L);
            results.add(take());
        }
        assertEquals("" + (byte) 65_530, results.get(2));
        assertEquals("11", results.getLast());
        assertEquals(0, buffer.counts().lost());
        assertEquals(0, buffer.counts().concealed());
    }

    @Test
    void timestampJumpRestartsAfterASecondPacket() {
        stream(5);
        putAt(6, 5_000_000);
        take();
        assertEquals(1, buffer.counts().stray());
        putAt(7, 5_000_160);
        assertEquals("WAITING", take());
        putAt(8, 5_000_320);
        take();
        assertEquals("7", take());
        assertEquals("8", take());
    }

    @Test
    void sequenceJumpBackRestartsAfterASecondPacket() {
        for (int i = 0; i < 10; i++) {
            putAt(20_000 + i, i * 160);
            take();
        }
        putAt(50, 1600);
        take();
        putAt(51, 1760);
        take();
        putAt(52, 1920);
        take();
        assertEquals("51", take());
        assertEquals(1, buffer.counts().stray());
    }

    @Test
    void singleForgedPacketChangesNothing() {
        stream(5);
        putAt(40_000, 99_000_000);
        put(6);
        assertEquals("4", take());
        assertEquals("5", take());
        assertEquals("6", take());
        assertEquals(1, buffer.counts().stray());
    }

    @Test
    void burstBeyondTheSlotsKeepsTheNewest() {
        for (int i = 0; i < 100; i++) {
            put(i);
        }
        assertEquals(36, buffer.counts().overflow());
        now = 100 * 20 * MILLI;
        String first = take();
        assertFalse(Integer.parseInt(first) < 96, first);
    }

    @Test
    void slotsThatGrowKeepWhatTheyHold() {
        put(0);
        put(1);
        byte[] longest = new byte[960];
        longest[0] = 2;
        longest[959] = 77;
        buffer.put(longest, 0, 960, 2, 320, false, now);
        assertEquals("0", take());
        assertEquals("1", take());
        assertEquals(Taken.FRAME, buffer.take(now));
        assertEquals(960, buffer.payloadLength());
        assertEquals(77, buffer.payload()[buffer.payloadOffset() + 959]);
        assertEquals(0, buffer.counts().oversize());
    }

    @Test
    void tooLongPayloadIsDropped() {
        buffer.put(new byte[961], 0, 961, 1, 0, false, now);
        assertEquals(1, buffer.counts().oversize());
        assertEquals("WAITING", take());
    }

    @Test
    void emptyPayloadIsAFrame() {
        buffer.put(new byte[0], 0, 0, 1, 0, false, 0);
        assertEquals(Taken.FRAME, buffer.take(100 * MILLI));
        assertEquals(0, buffer.payloadLength());
    }

    @Test
    void frameLengthIsLearntFromTheTimestamps() {
        assertEquals(160, buffer.frameUnits());
        for (int i = 0; i < 3; i++) {
            putAt(i, i * 480);
            now += 60 * MILLI;
        }
        assertEquals(480, buffer.frameUnits());
    }

    @Test
    void resetForgetsTheSource() {
        stream(5);
        buffer.reset();
        assertEquals("WAITING", take());
        putAt(9999, 77);
        take();
        putAt(10_000, 237);
        take();
        assertEquals("" + (byte) 9999, take());
    }

    @Test
    void depthOverItsTargetIsTakenDownInSilence() {
        for (int i = 0; i < 100; i++) {
            put(i);
            take();
            buffer.silent(true);
        }
        assertEquals(5, buffer.targetMillis());
        assertEquals(21, buffer.depthMillis());
        assertEquals(1, buffer.counts().skipped());
        assertTrue(buffer.counts().lost() == 0);
    }
}
