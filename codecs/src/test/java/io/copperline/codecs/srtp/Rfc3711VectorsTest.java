package io.copperline.codecs.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 3711 appendix B. */
class Rfc3711VectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void counterModeKeyStream() { // B.2
        CmTransform transform = new CmTransform(
                HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c"),
                new byte[20],
                HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"),
                10);
        byte[] packet = new byte[12 + 48 + 10];
        transform.sealRtp(packet, 0, 12 + 48, 12, 0, 0);
        assertArrayEquals(
                HEX.parseHex("e03ead0935c95e80e166b16dd92b4eb4"
                        + "d23513162b02d0f72a43a2fe4a5f97ab"
                        + "41e95b3bb0a2e8dd477901e4fca894c0"),
                Arrays.copyOfRange(packet, 12, 60));
    }

    @Test
    void keyDerivation() { // B.3
        KeyDerivation derivation = new KeyDerivation(new SrtpKey(
                SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139"),
                HEX.parseHex("0ec675ad498afeebb6960b3aabe6")));
        assertArrayEquals(HEX.parseHex("c61e7a93744f39ee10734afe3ff7a087"), derivation.derive(0, 16));
        assertArrayEquals(HEX.parseHex("cebe321f6ff7716b6fd4ab49af256a156d38baa4"), derivation.derive(1, 20));
        assertArrayEquals(HEX.parseHex("30cbbc08863d8c85d49db34a9ae1"), derivation.derive(2, 14));
    }
}
