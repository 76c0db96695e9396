package io.copperline.webrtc.sctp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CRC32c (RFC 9260 appendix A) by the examples of RFC 3720 appendix B.4, and packets that usrsctp 0.9.5 made. */
class Rfc9260VectorsTest {
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000, aa36918a",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 43aba862",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 4e79dd46",
        "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100, 5cdb3f11",
        "01c00000000000000000000000000000140000000000040000000014000000182800000000000000"
                + "0200000000000000, 563a96d9",
    })
    void checksum(String bytes, String sum) {
        CRC32C crc = new CRC32C();
        crc.update(HexFormat.of().parseHex(bytes));
        byte[] wire = new byte[4];
        Wire.put32(wire, 0, Integer.reverseBytes((int) crc.getValue()));
        assertArrayEquals(HexFormat.of().parseHex(sum), wire);
    }

    @Test
    void readsAPacketAndEveryBitOfItCounts() {
        byte[] packet = HexFormat.of().parseHex(USRSCTP_INIT);
        PacketReader reader = new PacketReader();
        assertEquals(SctpDrop.TAKEN, reader.begin(packet, 0, packet.length));
        for (int bit = 0; bit < packet.length * 8; bit++) {
            packet[bit / 8] ^= (byte) (1 << bit % 8);
            assertEquals(SctpDrop.BAD_CHECKSUM, reader.begin(packet, 0, packet.length));
            packet[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void readsTheInitOfUsrsctp() {
        byte[] packet = HexFormat.of().parseHex(USRSCTP_INIT);
        PacketReader reader = new PacketReader();
        reader.begin(packet, 0, packet.length);
        assertEquals(5_000, reader.sourcePort());
        assertEquals(5_000, reader.destinationPort());
        assertEquals(0, reader.tag());
        assertTrue(reader.next());
        assertEquals(ChunkType.INIT, reader.type());
        InitChunk init =
                InitChunk.parse(packet, reader.bodyOff(), reader.bodyBytes()).orElseThrow();
        assertEquals(256, init.outgoingStreams());
        assertEquals(2_048, init.incomingStreams());
        assertTrue(init.forwardTsn());
        assertTrue(init.reconfig());
        assertTrue(reader.last());
        assertFalse(reader.next());
        assertFalse(reader.malformed());
    }

    private static final String USRSCTP_INIT =
            "13881388000000003ad2b98e0100001e9683b18f0010000001000800cc09d706c000000480080006c0820000";
}
