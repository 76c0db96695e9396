package io.copperline.webrtc.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 5769 section 2: messages with short-term credentials. */
class Rfc5769VectorsTest {
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    private static final byte[] REQUEST = hex("""
            000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff
            80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249
            c1b571a280280004e57a3bcf""");

    private static final byte[] RESPONSE_V4 = hex("""
            0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000080001a147e112a643
            000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96""");

    private static final byte[] RESPONSE_V6 = hex("""
            010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220002000140002a1470113a9fa
            a5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c""");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    private static StunMessage read(byte[] bytes) {
        // Somewhere in a larger buffer, as datagrams lie.
        byte[] buf = new byte[bytes.length + 9];
        System.arraycopy(bytes, 0, buf, 5, bytes.length);
        StunMessage message = new StunMessage();
        assertTrue(message.read(buf, 5, bytes.length));
        assertTrue(message.fingerprinted());
        assertTrue(message.authentic(new StunPassword(PASSWORD)));
        assertFalse(message.authentic(new StunPassword("another")));
        return message;
    }

    @Test
    void sampleRequest() {
        StunMessage message = read(REQUEST);
        assertEquals(StunMessage.BINDING_REQUEST, message.type());
        assertEquals(Optional.of("evtj:h6vY"), message.username());
        assertEquals(Optional.of(0x6e0001ff), message.number(StunAttribute.PRIORITY));
        assertEquals(Optional.of(0x932ff9b151263b36L), message.tieBreaker(StunAttribute.ICE_CONTROLLED));
        assertFalse(message.has(StunAttribute.USE_CANDIDATE));
    }

    @Test
    void sampleIpv4Response() {
        StunMessage message = read(RESPONSE_V4);
        assertEquals(StunMessage.BINDING_SUCCESS, message.type());
        assertEquals(
                Optional.of(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 32853)), message.mappedAddress());
    }

    @Test
    void sampleIpv6Response() {
        assertEquals(
                Optional.of(
                        new InetSocketAddress(InetAddress.ofLiteral("2001:db8:1234:5678:11:2233:4455:6677"), 32853)),
                read(RESPONSE_V6).mappedAddress());
    }

    @Test
    void weWriteWhatWeRead() {
        for (String address : new String[] {"192.0.2.1", "2001:db8::7"}) {
            InetSocketAddress mapped = new InetSocketAddress(InetAddress.ofLiteral(address), 4711);
            StunWriter writer = new StunWriter();
            byte[] id = Arrays.copyOfRange(REQUEST, 8, 20);
            int len = writer.begin(StunMessage.BINDING_SUCCESS, id)
                    .mappedAddress(mapped)
                    .finish(new StunPassword(PASSWORD));
            StunMessage message = read(Arrays.copyOf(writer.buffer(), len));
            assertEquals(Optional.of(mapped), message.mappedAddress());
            assertArrayEquals(id, message.transactionId());
        }
    }

    @Test
    void anyChangedByteIsNoticed() {
        for (int i = 0; i < REQUEST.length; i++) {
            byte[] changed = REQUEST.clone();
            changed[i] ^= 0x10;
            StunMessage message = new StunMessage();
            assertFalse(
                    message.read(changed, 0, changed.length)
                            && message.fingerprinted()
                            && message.authentic(new StunPassword(PASSWORD)),
                    "byte " + i);
        }
    }
}
