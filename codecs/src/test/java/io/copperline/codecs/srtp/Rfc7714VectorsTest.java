package io.copperline.codecs.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 7714 sections 16 and 17: the transforms with the session keys given there. */
class Rfc7714VectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String SALT = "517569642070726f2071756f";
    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String RTP =
            "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064" + "697669736120696e207061727465732074726573";
    private static final String RTCP = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
            + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

    private static GcmTransform transform(String key) {
        return new GcmTransform(HEX.parseHex(key), HEX.parseHex(SALT));
    }

    private static void rtp(String key, String sealed) {
        byte[] packet = Arrays.copyOf(HEX.parseHex(RTP), 100);
        int len = RTP.length() / 2;
        int grown = transform(key).sealRtp(packet, 0, len, 12, 0x5501a0b2, 0xf17b);
        assertEquals(sealed, HEX.formatHex(packet, 0, grown));
        assertEquals(len, transform(key).openRtp(packet, 0, grown, 12, 0x5501a0b2, 0xf17b));
        assertEquals(RTP, HEX.formatHex(packet, 0, len));
    }

    @Test
    void aes128Rtp() {
        rtp(
                KEY_128,
                "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd5"
                        + "0d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
    }

    @Test
    void aes256Rtp() {
        rtp(
                KEY_256,
                "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab1801238"
                        + "9a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13");
    }

    @Test
    void aes128Rtcp() {
        byte[] packet = Arrays.copyOf(HEX.parseHex(RTCP), 100);
        int len = RTCP.length() / 2;
        int grown = transform(KEY_128).sealRtcp(packet, 0, len, 0x4d617273, 0x5d4);
        assertEquals(
                "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded"
                        + "0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4",
                HEX.formatHex(packet, 0, grown));
        GcmTransform opener = transform(KEY_128);
        assertEquals(len, opener.openRtcp(packet, 0, grown, 0x4d617273, opener.rtcpWord(packet, 0, grown)));
        assertEquals(RTCP, HEX.formatHex(packet, 0, len));
    }
}
