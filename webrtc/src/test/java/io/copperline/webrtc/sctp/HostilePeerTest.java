package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Noise is counted and dropped; a breach of the protocol ends the association, with a reason that the peer can read. */
class HostilePeerTest {
    private final Peers peers =
            new Peers(1, LossyPath.Weather.FAIR, Peers.settings(5_000, 100_000, 100_000, 100), SctpSettings.DEFAULT);
    private final Forged forged = Forged.connect(peers);
    private final int tsn = forged.rightTsn;

    private SctpDrop raw(byte[] packet) {
        return peers.left.association.onPacket(packet, 0, packet.length, peers.path.nowNanos, peers.left);
    }

    private void assertAlive() {
        assertEquals(AssociationState.ESTABLISHED, peers.left.association.state());
    }

    private void assertAborted(String event, int cause, String text) {
        assertEquals(event, peers.left.events.getLast());
        byte[] abort = forged.sentByLeft(ChunkType.ABORT);
        assertEquals(cause, Wire.u16(abort, 0));
        assertEquals(text, new String(abort, 4, Wire.u16(abort, 2) - 4, StandardCharsets.US_ASCII));
    }

    @Test
    void countsNoise() {
        byte[] good = Forged.packet(forged.leftTag, Forged.whole(tsn, 1, 0, "a"));
        byte[] port = good.clone();
        port[1]++;
        byte[] sum = good.clone();
        sum[9]++;
        assertEquals(SctpDrop.TOO_SHORT, raw(new byte[15]));
        assertEquals(SctpDrop.BAD_CHECKSUM, raw(sum));
        assertEquals(SctpDrop.WRONG_PORT, raw(Forged.sealed(port)));
        assertEquals(SctpDrop.WRONG_TAG, raw(Forged.packet(forged.leftTag + 1, Forged.whole(tsn, 1, 0, "a"))));
        assertEquals(SctpDrop.WRONG_TAG, raw(Forged.packet(0, Forged.whole(tsn, 1, 0, "a"))));
        for (SctpDrop drop : new SctpDrop[] {SctpDrop.TOO_SHORT, SctpDrop.BAD_CHECKSUM, SctpDrop.WRONG_PORT}) {
            assertEquals(1, peers.left.association.dropped(drop));
        }
        assertEquals(2, peers.left.association.dropped(SctpDrop.WRONG_TAG));
        assertEquals(0, peers.left.messages.size());
        assertAlive();
        assertEquals(SctpDrop.TAKEN, raw(good));
        assertEquals(1, peers.left.messages.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 200, 65_535})
    void dropsAChunkWhoseLengthCannotBe(int length) {
        byte[] chunk = Forged.whole(tsn, 1, 0, "abcd");
        Wire.put16(chunk, 2, length);
        assertEquals(SctpDrop.MALFORMED, forged.toLeft(chunk));
        assertAlive();
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "3, 8", "3, 11", "192, 2", "7, 2", "130, 6"})
    void dropsAChunkShorterThanItsFields(int type, int bytes) {
        assertEquals(SctpDrop.MALFORMED, forged.toLeft(Forged.chunk(type, 3, new byte[bytes])));
        assertAlive();
    }

    @ParameterizedTest
    @CsvSource({"0x3f, false, false", "0x7f, true, false", "0xbf, false, true", "0xff, true, true"})
    void treatsUnknownChunksAsTheirTypeSays(int type, boolean reported, boolean goesOn) {
        SctpDrop drop = forged.toLeft(Forged.chunk(type, 0, (byte) 1), Forged.whole(tsn, 1, 0, "a"));
        assertEquals(SctpDrop.UNKNOWN_CHUNK, drop);
        assertEquals(goesOn ? 1 : 0, peers.left.messages.size());
        assertEquals(reported, forged.leftSent(ChunkType.ERROR));
        assertAlive();
    }

    @Test
    void endsAtDataWithoutBytes() {
        assertEquals(SctpDrop.NO_USER_DATA, forged.toLeft(Forged.data(tsn, 3, 1, 0)));
        assertAborted("closed PROTOCOL_VIOLATION 0", 9, "no user data");
    }

    @Test
    void endsAtAnAcknowledgementOfWhatWasNotSent() {
        assertEquals(SctpDrop.PROTOCOL_VIOLATION, forged.toLeft(Forged.sack(forged.leftTsn, 1_000)));
        assertAborted("closed PROTOCOL_VIOLATION 0", 13, "protocol violation");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "2, 9"})
    void endsAtAGapReportThatCannotBe(int from, int to) {
        for (int i = 0; i < 4; i++) {
            peers.left.association.send(1, 53, new byte[1_172], Delivery.RELIABLE);
        }
        peers.left.onTime(peers.path.nowNanos);
        assertEquals(SctpDrop.PROTOCOL_VIOLATION, forged.toLeft(Forged.sack(forged.leftTsn - 1, 1_000, from, to)));
        assertEquals("closed PROTOCOL_VIOLATION 0", peers.left.events.getLast());
    }

    @Test
    void endsAtAMessageLargerThanWasAgreed() {
        int i = 0;
        SctpDrop drop = SctpDrop.TAKEN;
        while (drop == SctpDrop.TAKEN && i < 10) {
            drop = forged.toLeft(Forged.data(tsn + i, i == 0 ? ChunkType.BEGIN : 0, 1, 0, new byte[1_000]));
            i++;
        }
        assertEquals(SctpDrop.MESSAGE_TOO_LARGE, drop);
        assertEquals(6, i);
        assertAborted("closed MESSAGE_TOO_LARGE 0", 4, "message too large");
        assertEquals(0, peers.left.messages.size());
    }

    @Test
    void endsAtALargeMessageBeyondAGap() {
        for (int i = 0; i < 6; i++) {
            int flags = (i == 0 ? ChunkType.BEGIN : 0) | (i == 5 ? ChunkType.END : 0) | ChunkType.UNORDERED;
            forged.toLeft(Forged.data(tsn + 1 + i, flags, 1, 0, new byte[1_000]));
        }
        assertAborted("closed MESSAGE_TOO_LARGE 0", 4, "message too large");
    }

    @Test
    void takesAMessageAsLargeAsWasAgreed() {
        for (int i = 0; i < 5; i++) {
            int flags = (i == 0 ? ChunkType.BEGIN : 0) | (i == 4 ? ChunkType.END : 0);
            assertEquals(SctpDrop.TAKEN, forged.toLeft(Forged.data(tsn + i, flags, 1, 0, new byte[1_000])));
        }
        assertEquals(5_000, peers.left.receivedBytes);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0", // A message inside another.
        "0, 1, 0", // A piece of another stream.
        "0, 0, 1", // A piece of another message.
        "4, 0, 0", // An unordered piece of an ordered one.
    })
    void endsAtPiecesThatDoNotFit(int flags, int otherStream, int otherNumber) {
        forged.toLeft(Forged.data(tsn, ChunkType.BEGIN, 1, 0, (byte) 1));
        int odd = flags == 1 ? ChunkType.BEGIN : flags;
        SctpDrop drop = forged.toLeft(Forged.data(tsn + 1, odd, 1 + otherStream, otherNumber, (byte) 2));
        assertEquals(SctpDrop.PROTOCOL_VIOLATION, drop);
        assertEquals("closed PROTOCOL_VIOLATION 0", peers.left.events.getLast());
    }

    @Test
    void endsAtAPieceWithoutABeginning() {
        assertEquals(SctpDrop.PROTOCOL_VIOLATION, forged.toLeft(Forged.data(tsn, ChunkType.END, 1, 0, (byte) 1)));
    }

    @Test
    void holdsNoMoreThanItsWindowWhateverComes() {
        Random random = new Random(1);
        for (int i = 0; i < 30_000; i++) {
            int ahead = 1 + random.nextInt(60_000);
            forged.toLeft(Forged.data(tsn + ahead, ChunkType.BEGIN, 1, 7, new byte[100]));
        }
        byte[] sack = forged.sentByLeft(ChunkType.SACK);
        assertTrue(Wire.i32(sack, 4) >= 0);
        assertTrue(peers.left.association.dropped(SctpDrop.WINDOW_FULL) > 1_000);
        assertTrue(peers.left.association.dropped(SctpDrop.BEYOND_WINDOW) > 1_000);
        assertEquals(0, peers.left.messages.size());
        assertAlive();
    }

    @Test
    void ignoresAStrangersInitOnceConnected() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(SctpDrop.TAKEN, raw(Forged.packet(0, HandshakeTest.init(i + 5, 10, 7))));
        }
        assertAlive();
        assertEquals(SctpDrop.TAKEN, forged.toLeft(Forged.whole(tsn, 1, 0, "a")));
        byte[] cookie = forged.sentByLeft(ChunkType.INIT_ACK);
        byte[] echo = Forged.chunk(
                ChunkType.COOKIE_ECHO, 0, java.util.Arrays.copyOfRange(cookie, 32, 32 + StateCookie.BYTES));
        assertEquals(SctpDrop.COOKIE_REFUSED, raw(Forged.packet(forged.leftTag, echo)), "not the tag that it gave");
        assertFalse(peers.left.events.contains("restarted"));
        assertEquals(SctpDrop.MALFORMED, raw(Forged.packet(9, HandshakeTest.init(5, 10, 7))));
        assertEquals(
                SctpDrop.MALFORMED,
                raw(Forged.packet(0, HandshakeTest.init(5, 10, 7), Forged.whole(tsn + 1, 1, 1, "b"))));
    }

    @Test
    void ignoresChunksOfTheHandshakeOnceConnected() {
        assertEquals(SctpDrop.UNEXPECTED, forged.toLeft(Forged.chunk(ChunkType.COOKIE_ACK, 0)));
        assertEquals(SctpDrop.UNEXPECTED, forged.toLeft(Forged.chunk(ChunkType.INIT_ACK, 0, new byte[40])));
        assertEquals(SctpDrop.UNEXPECTED, forged.toLeft(Forged.chunk(ChunkType.SHUTDOWN_ACK, 0)));
        assertEquals(SctpDrop.UNEXPECTED, forged.toLeft(Forged.chunk(ChunkType.SHUTDOWN_COMPLETE, 0)));
        assertEquals(SctpDrop.COOKIE_REFUSED, forged.toLeft(Forged.chunk(ChunkType.COOKIE_ECHO, 0, new byte[76])));
        assertAlive();
    }
}
