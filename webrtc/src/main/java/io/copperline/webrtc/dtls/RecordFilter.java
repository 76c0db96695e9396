package io.copperline.webrtc.dtls;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Stands before Bouncy Castle 1.84 and keeps two of its defects from us: a reassembly buffer sized by whatever length a
 * handshake fragment declares (CVE-2026-59646), and a server that deadlocks when CertificateVerify is lost or overtaken,
 * since ChangeCipherSpec makes it deaf to the repetition (bc-java issue 229).
 *
 * <pre>
 * record:    type(1) version(2) epoch(2) sequence(6) length(2)
 * handshake: type(1) length(3) message_seq(2) fragment_offset(3) fragment_length(3)
 * </pre>
 */
final class RecordFilter {
    private static final int RECORD_HEADER_BYTES = 13;
    private static final int HANDSHAKE_HEADER_BYTES = 12;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int HANDSHAKE = 22;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int MAX_HANDSHAKE_BYTES = 8_192;

    private boolean withholding;
    /** Which bytes of CertificateVerify have come; whoever has a small MTU cuts it. */
    private final BitSet verified = new BitSet();

    RecordFilter(DtlsRole role) {
        withholding = role == DtlsRole.SERVER;
    }

    /** The records that may pass, as one datagram; empty where none may. */
    byte[] filter(byte[] buf, int off, int len) {
        byte[] passed = new byte[len];
        int passedBytes = 0;
        int at = off;
        int end = off + len;
        while (at + RECORD_HEADER_BYTES <= end) {
            int bytes = RECORD_HEADER_BYTES + number(buf, at + 11, 2);
            if (at + bytes > end) {
                break;
            }
            if (passes(buf, at, bytes)) {
                System.arraycopy(buf, at, passed, passedBytes, bytes);
                passedBytes += bytes;
            }
            at += bytes;
        }
        return Arrays.copyOf(passed, passedBytes);
    }

    private boolean passes(byte[] buf, int at, int bytes) {
        boolean protectedRecord = number(buf, at + 3, 2) > 0;
        int type = buf[at] & 0xff;
        if (type == HANDSHAKE && !protectedRecord) {
            return handshakePasses(buf, at + RECORD_HEADER_BYTES, bytes - RECORD_HEADER_BYTES);
        }
        return !withholding || (type != CHANGE_CIPHER_SPEC && !protectedRecord);
    }

    private boolean handshakePasses(byte[] buf, int at, int bytes) {
        if (bytes < HANDSHAKE_HEADER_BYTES || number(buf, at + 1, 3) > MAX_HANDSHAKE_BYTES) {
            return false;
        }
        if ((buf[at] & 0xff) == CERTIFICATE_VERIFY && withholding) {
            verify(number(buf, at + 1, 3), number(buf, at + 6, 3), number(buf, at + 9, 3));
        }
        return true;
    }

    private void verify(int messageBytes, int fragmentAt, int fragmentBytes) {
        if (fragmentAt + fragmentBytes <= messageBytes) {
            verified.set(fragmentAt, fragmentAt + fragmentBytes);
            withholding = verified.nextClearBit(0) < messageBytes;
        }
    }

    private static int number(byte[] buf, int at, int bytes) {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | (buf[at + i] & 0xff);
        }
        return number;
    }
}
