package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When a SACK is sent, and what it says (RFC 9260 section 6.2). */
class AcknowledgementTest {
    private final Peers peers = new Peers(1, LossyPath.Weather.FAIR);
    private final Forged forged = Forged.connect(peers);
    private final int tsn = forged.rightTsn;

    private byte[] sack() {
        byte[] sack = forged.sentByLeft(ChunkType.SACK);
        peers.left.packets.clear();
        return sack;
    }

    @Test
    void waitsForASecondPacket() {
        forged.toLeft(Forged.whole(tsn, 1, 0, "a"), Forged.whole(tsn + 1, 1, 1, "b"));
        assertFalse(forged.leftSent(ChunkType.SACK));
        forged.toLeft(Forged.whole(tsn + 2, 1, 2, "c"));
        assertEquals(tsn + 2, Wire.i32(sack(), 0));
    }

    @Test
    void waitsNoLongerThanTwoHundredMillis() {
        forged.toLeft(Forged.whole(tsn, 1, 0, "a"));
        peers.path.run(199);
        assertFalse(forged.leftSent(ChunkType.SACK));
        peers.path.run(1);
        assertEquals(tsn, Wire.i32(sack(), 0));
        peers.path.run(1_000);
        assertFalse(forged.leftSent(ChunkType.SACK));
    }

    @Test
    void doesNotWaitWhenAsked() {
        forged.toLeft(Forged.data(tsn, 3 | ChunkType.IMMEDIATE, 1, 0, (byte) 1));
        assertEquals(tsn, Wire.i32(sack(), 0));
    }

    @Test
    void reportsGapsAtOnceAndWhenTheyClose() {
        forged.toLeft(Forged.whole(tsn + 1, 1, 1, "b"));
        byte[] sack = sack();
        assertEquals(tsn - 1, Wire.i32(sack, 0));
        assertEquals(1, Wire.u16(sack, 8));
        assertEquals(2, Wire.u16(sack, 12));
        assertEquals(2, Wire.u16(sack, 14));
        forged.toLeft(Forged.whole(tsn + 4, 1, 4, "e"));
        forged.toLeft(Forged.whole(tsn + 5, 1, 5, "f"));
        peers.left.packets.removeFirst();
        sack = sack();
        assertEquals(2, Wire.u16(sack, 8));
        assertEquals(5, Wire.u16(sack, 16));
        assertEquals(6, Wire.u16(sack, 18));
        forged.toLeft(Forged.whole(tsn, 1, 0, "a"));
        sack = sack();
        assertEquals(tsn + 1, Wire.i32(sack, 0));
        assertEquals(1, Wire.u16(sack, 8));
        assertEquals(3, Wire.u16(sack, 12));
    }

    @Test
    void namesDuplicatesAtOnce() {
        forged.toLeft(Forged.whole(tsn, 1, 0, "a"));
        assertEquals(SctpDrop.DUPLICATE, forged.toLeft(Forged.whole(tsn, 1, 0, "a")));
        byte[] sack = sack();
        assertEquals(1, Wire.u16(sack, 10));
        assertEquals(tsn, Wire.i32(sack, 12));
        for (int i = 0; i < 1_000; i++) {
            forged.toLeft(Forged.whole(tsn, 1, 0, "a"), Forged.whole(tsn, 1, 0, "a"));
        }
        assertEquals(2, Wire.u16(sack(), 10));
        assertEquals(1, peers.left.messages.size());
    }

    @Test
    void reportsNoMoreGapsThanFit() {
        for (int i = 0; i < 2_000; i++) {
            forged.toLeft(Forged.whole(tsn + 1 + 2 * i, 1, 1 + 2 * i, "x"));
        }
        byte[] last = peers.left.packets.getLast();
        assertTrue(last.length <= 1_200);
        assertEquals(128, Wire.u16(last, 24));
    }

    @Test
    void refusesWhatIsTooFarAhead() {
        assertEquals(SctpDrop.BEYOND_WINDOW, forged.toLeft(Forged.whole(tsn + TsnWindow.TSNS, 1, 9, "far")));
        assertEquals(SctpDrop.TAKEN, forged.toLeft(Forged.whole(tsn + TsnWindow.TSNS - 1, 1, 9, "near enough")));
        assertEquals(SctpDrop.DUPLICATE, forged.toLeft(Forged.whole(tsn - 1, 1, 9, "behind")));
    }

    @Test
    void acknowledgesDataOnAStreamThatIsNotThereAndSaysSo() {
        assertEquals(SctpDrop.INVALID_STREAM, forged.toLeft(Forged.whole(tsn, 1_024, 0, "a")));
        byte[] error = forged.sentByLeft(ChunkType.ERROR);
        assertEquals(ChunkType.CAUSE_INVALID_STREAM, Wire.u16(error, 0));
        assertEquals(1_024, Wire.u16(error, 4));
        peers.path.run(200);
        assertEquals(tsn, Wire.i32(sack(), 0));
        forged.toLeft(Forged.whole(tsn + 1, 1_023, 0, "b"));
        assertEquals(1, peers.left.messages.size());
    }
}
