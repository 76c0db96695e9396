package io.copperline.codecs.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtpHeaderTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    @Test
    void readsWhatItWrites() {
        byte[] buf = new byte[40];
        assertEquals(12, RtpHeader.write(buf, 5, 111, true, 0x1_FFFE, 0xFFFF_FFF0L, 0x8000_0001L));
        assertTrue(RtpHeader.valid(buf, 5, 12));
        assertEquals(111, RtpHeader.payloadType(buf, 5));
        assertTrue(RtpHeader.marker(buf, 5));
        assertEquals(0xFFFE, RtpHeader.sequence(buf, 5));
        assertEquals(0xFFFF_FFF0L, RtpHeader.timestamp(buf, 5));
        assertEquals(0x8000_0001L, RtpHeader.ssrc(buf, 5));
        assertEquals(12, RtpHeader.headerLength(buf, 5));
        assertEquals(0, RtpHeader.payloadLength(buf, 5, 12));
        assertEquals(20, RtpHeader.payloadLength(buf, 5, 32));
    }

    @Test
    void sourcesAndExtensionCountAsHeader() {
        byte[] buf = hex("92 00 0001 00000002 00000003 0000000a 0000000b BEDE0001 10aa0000 0102");
        assertTrue(RtpHeader.valid(buf, 0, buf.length));
        assertEquals(28, RtpHeader.headerLength(buf, 0));
        assertEquals(2, RtpHeader.payloadLength(buf, 0, buf.length));
    }

    @Test
    void shortOrForeignPacketsAreInvalid() {
        byte[] buf = hex("92 00 0001 00000002 00000003 0000000a 0000000b BEDE0001 10aa0000");
        for (int len = 0; len < buf.length; len++) {
            assertFalse(RtpHeader.valid(buf, 0, len), "length " + len);
        }
        assertTrue(RtpHeader.valid(buf, 0, buf.length));
        buf[0] = 0x52;
        assertFalse(RtpHeader.valid(buf, 0, buf.length));
    }

    @Test
    void paddingIsRemovedOrMalformed() {
        byte[] buf = hex("A0 00 0001 00000002 00000003 01020304 00000003");
        assertEquals(5, RtpHeader.payloadLength(buf, 0, buf.length));
        buf[19] = 8;
        assertEquals(0, RtpHeader.payloadLength(buf, 0, buf.length));
        buf[19] = 9;
        assertEquals(-1, RtpHeader.payloadLength(buf, 0, buf.length));
        buf[19] = 0;
        assertEquals(-1, RtpHeader.payloadLength(buf, 0, buf.length));
        assertEquals(-1, RtpHeader.payloadLength(buf, 0, 12));
    }

    @Test
    void oneByteExtensionIsFound() {
        // RFC 8285 section 4.2's shape: id 1 of 1 byte, padding, id 2 of 3 bytes, stop.
        byte[] buf = hex("90 00 0001 00000002 00000003 BEDE0003 10aa 00 00 22 010203 F0 0000 00 77");
        assertEquals(17, RtpHeader.extension(buf, 0, buf.length, 1));
        assertEquals(1, RtpHeader.extensionLength(buf, 0, 17));
        int second = RtpHeader.extension(buf, 0, buf.length, 2);
        assertEquals(21, second);
        assertEquals(3, RtpHeader.extensionLength(buf, 0, second));
        assertEquals(-1, RtpHeader.extension(buf, 0, buf.length, 3));
        assertEquals(-1, RtpHeader.extension(buf, 0, buf.length, 15));
        assertEquals(-1, RtpHeader.extension(buf, 0, buf.length, 0));
    }

    @Test
    void twoByteExtensionIsFoundAlsoWhenEmpty() {
        byte[] buf = hex("90 00 0001 00000002 00000003 10050002 0700 20 02 aabb 00 00 77");
        int empty = RtpHeader.extension(buf, 0, buf.length, 7);
        assertEquals(18, empty);
        assertEquals(0, RtpHeader.extensionLength(buf, 0, empty));
        int two = RtpHeader.extension(buf, 0, buf.length, 32);
        assertEquals(20, two);
        assertEquals(2, RtpHeader.extensionLength(buf, 0, two));
    }

    @Test
    void elementThatRunsOverTheExtensionIsNotFound() {
        byte[] buf = hex("90 00 0001 00000002 00000003 BEDE0001 1f010203 99999999");
        assertEquals(-1, RtpHeader.extension(buf, 0, buf.length, 1));
        byte[] other = hex("90 00 0001 00000002 00000003 ABCD0001 10010203 99999999");
        assertEquals(-1, RtpHeader.extension(other, 0, other.length, 1));
    }
}
