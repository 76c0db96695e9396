package io.copperline.webrtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private final List<String> packets = new ArrayList<>();
    private final FrameReader reader = new FrameReader();

    private boolean read(byte[] bytes) {
        return reader.onBytes(
                bytes,
                0,
                bytes.length,
                (buf, off, len) -> packets.add(HexFormat.of().formatHex(buf, off, off + len)));
    }

    private boolean read(String hex) {
        return read(HexFormat.of().parseHex(hex));
    }

    @Test
    void cutsSeveralPacketsOutOfOneRead() {
        assertTrue(read("0001aa0002bbcc0003ddeeff"));
        assertEquals(List.of("aa", "bbcc", "ddeeff"), packets);
    }

    @Test
    void waitsForTheRestOfAPacketAndOfALength() {
        assertTrue(read("0001aa00"));
        assertTrue(read("03bb"));
        assertTrue(read("cc"));
        assertEquals(List.of("aa"), packets);
        assertTrue(read("dd0001ee"));
        assertEquals(List.of("aa", "bbccdd", "ee"), packets);
    }

    @Test
    void emptyPacketsAreNothing() {
        assertTrue(read("00000000"));
        assertTrue(read("00"));
        assertTrue(read("000001aa"));
        assertEquals(List.of("aa"), packets);
    }

    @Test
    void aLengthBeyondTheLongestEndsTheStream() {
        assertFalse(read("0801"));
        assertFalse(read("474554202f20"), "GET / is no frame");
        assertTrue(new FrameReader().onBytes(new byte[] {8}, 0, 1, (_, _, _) -> {}));
        assertTrue(read("0001aa08"));
        assertFalse(read("01"));
        assertEquals(List.of("aa"), packets);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100, 2_048})
    void howAStreamWasSegmentedMakesNoDifference(int most) {
        Random random = new Random(most);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] packet = new byte[random.nextInt(1, FrameReader.MAX_PACKET_BYTES + 1)];
            random.nextBytes(packet);
            stream.write(packet.length >> 8);
            stream.write(packet.length);
            stream.writeBytes(packet);
            sent.add(HexFormat.of().formatHex(packet));
        }
        byte[] all = stream.toByteArray();
        for (int at = 0; at < all.length; ) {
            int end = Math.min(all.length, at + 1 + random.nextInt(most));
            assertTrue(read(Arrays.copyOfRange(all, at, end)));
            at = end;
        }
        assertEquals(sent, packets);
    }
}
