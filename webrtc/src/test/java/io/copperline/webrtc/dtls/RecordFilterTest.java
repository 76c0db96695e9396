package io.copperline.webrtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RecordFilterTest {
    private static final String FINISHED = "16fefd0001000000000000" + "0004" + "01020304";
    private static final String CHANGE_CIPHER_SPEC = "14fefd0000000000000007" + "0001" + "01";

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** A handshake record of epoch 0 with an empty fragment of a message that declares this length. */
    private static String handshake(int type, int declaredBytes, String body) {
        int fragment = body.length() / 2;
        String message = "%02x%06x0003000000%06x".formatted(type, declaredBytes, fragment) + body;
        return "16fefd0000000000000001%04x".formatted(message.length() / 2) + message;
    }

    private static int passed(RecordFilter filter, String records) {
        return filter.filter(hex(records), 0, records.length() / 2).length;
    }

    @Test
    void aHugeDeclaredLengthDoesNotPass() {
        RecordFilter filter = new RecordFilter(DtlsRole.CLIENT);
        assertEquals(0, passed(filter, handshake(11, 0xffffff, "00")));
        String good = handshake(11, 8_192, "00");
        assertEquals(good.length() / 2, passed(filter, handshake(1, 9_000, "") + good));
    }

    @Test
    void aServerHoldsBackUntilCertificateVerifyIsThere() {
        RecordFilter filter = new RecordFilter(DtlsRole.SERVER);
        assertEquals(0, passed(filter, CHANGE_CIPHER_SPEC + FINISHED));
        String verify = handshake(15, 2, "abcd");
        int all = (verify + CHANGE_CIPHER_SPEC + FINISHED).length() / 2;
        assertEquals(all, passed(filter, verify + CHANGE_CIPHER_SPEC + FINISHED));
        assertEquals(FINISHED.length() / 2, passed(filter, FINISHED));
    }

    /** A piece of a CertificateVerify of five bytes. */
    private static String piece(int from, String body) {
        int bytes = body.length() / 2;
        String message = "0f0000050003%06x%06x".formatted(from, bytes) + body;
        return "16fefd0000000000000001%04x".formatted(message.length() / 2) + message;
    }

    @Test
    void aServerHoldsBackUntilEveryPieceOfCertificateVerifyIsThere() {
        RecordFilter filter = new RecordFilter(DtlsRole.SERVER);
        passed(filter, piece(3, "dede"));
        passed(filter, piece(3, "dede") + piece(0, "ab"));
        assertEquals(0, passed(filter, CHANGE_CIPHER_SPEC));
        passed(filter, piece(2, "cdde"));
        assertEquals(0, passed(filter, CHANGE_CIPHER_SPEC));
        passed(filter, piece(0, "abab"));
        assertEquals(CHANGE_CIPHER_SPEC.length() / 2, passed(filter, CHANGE_CIPHER_SPEC));
    }

    @Test
    void aPieceBeyondTheEndOfItsMessageIsNone() {
        RecordFilter filter = new RecordFilter(DtlsRole.SERVER);
        passed(filter, piece(0, "ababababab").replace("000000000005ab", "ffffff000005ab"));
        passed(filter, piece(1, "ababababab"));
        assertEquals(0, passed(filter, CHANGE_CIPHER_SPEC));
    }

    @Test
    void aClientLetsAllPass() {
        RecordFilter filter = new RecordFilter(DtlsRole.CLIENT);
        assertEquals((CHANGE_CIPHER_SPEC + FINISHED).length() / 2, passed(filter, CHANGE_CIPHER_SPEC + FINISHED));
    }
}
