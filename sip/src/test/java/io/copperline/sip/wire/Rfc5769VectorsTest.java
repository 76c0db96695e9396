package io.copperline.sip.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Rfc5769VectorsTest {
    private static final String TRANSACTION = "b7e7a701bc34d686fa87dfae";
    private static final byte[] IPV4 = HexFormat.of()
            .parseHex("0101003c2112a442" + TRANSACTION + "8022000b7465737420766563746f7220002000080001a147e112a643"
                    + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96");
    private static final byte[] IPV6 = HexFormat.of()
            .parseHex("010100482112a442" + TRANSACTION
                    + "8022000b7465737420766563746f7220002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
                    + "00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c");

    /** An ICE check: its PRIORITY must be understood, and is not. */
    private static final byte[] REQUEST = HexFormat.of()
            .parseHex("000100582112a442" + TRANSACTION + "802200105354554e207465737420636c69656e74002400046e0001ff"
                    + "80290008932ff9b151263b36000600096576746a3a68367659202020"
                    + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");

    private static Optional<StunBinding> parse(byte[] bytes) {
        return StunBinding.parse(bytes, 0, bytes.length);
    }

    @Test
    void readsWhereItIsSeenOverIpv4() {
        StunBinding answer = parse(IPV4).orElseThrow();
        assertEquals(StunBinding.Kind.SUCCESS, answer.kind());
        assertEquals(TRANSACTION, answer.transaction());
        assertEquals(new InetSocketAddress("192.0.2.1", 32853), answer.mapped().orElseThrow());
    }

    @Test
    void readsWhereItIsSeenOverIpv6() {
        InetSocketAddress seen = new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853);
        assertEquals(seen, parse(IPV6).orElseThrow().mapped().orElseThrow());
    }

    @Test
    void readsWhatItWrites() {
        for (byte[] vector : new byte[][] {IPV4, IPV6}) {
            StunBinding answer = parse(vector).orElseThrow();
            assertEquals(Optional.of(answer), parse(answer.write()));
        }
        StunBinding request = new StunBinding(StunBinding.Kind.REQUEST, TRANSACTION, Optional.empty());
        assertEquals(20, request.write().length);
        assertEquals(Optional.of(request), parse(request.write()));
    }

    // RFC 8489 sections 6.3.1, 14.8 and 14.9.
    @Test
    void aRequestThatWantsMoreThanWeKnowIsAnsweredBy420() {
        StunBinding request = parse(REQUEST).orElseThrow();
        assertEquals(List.of(0x0024), request.unknown());
        byte[] answer =
                request.answer(new InetSocketAddress("192.0.2.1", 32853)).write();
        assertEquals(
                "011100242112a442" + TRANSACTION + "0009001500000414" + "556e6b6e6f776e20417474726962757465000000"
                        + "000a000200240000",
                HexFormat.of().formatHex(answer));
        assertEquals(StunBinding.Kind.ERROR, parse(answer).orElseThrow().kind());
    }

    @Test
    void survivesEveryCutAndEveryFlippedByte() {
        for (int length = 0; length < IPV4.length; length++) {
            assertTrue(parse(Arrays.copyOf(IPV4, length)).isEmpty());
        }
        for (int at = 0; at < IPV6.length; at++) {
            byte[] flipped = IPV6.clone();
            flipped[at] ^= (byte) 0xff;
            parse(flipped); // whatever it says, it says it
        }
    }

    @Test
    void sipIsNotTakenForStun() {
        byte[] sip = "OPTIONS sip:127.0.0.1 SIP/2.0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertFalse(StunBinding.isStun(sip, 0, sip.length));
    }
}
