package io.copperline.webrtc.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A short-term password as HMAC-SHA1 key (RFC 8489 section 9.1.1). Owned by one thread. */
public final class StunPassword {
    static final int MAC_BYTES = 20;

    private final Mac hmac;
    private final byte[] mac = new byte[MAC_BYTES];
    private final byte[] length = new byte[2];

    /** @param password {@code a=ice-pwd} of the side that takes the request */
    public StunPassword(String password) {
        try {
            hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA1", e);
        }
    }

    boolean matches(byte[] buf, int off, int covered, byte[] expected, int at) {
        sign(buf, off, covered);
        int difference = 0;
        for (int i = 0; i < MAC_BYTES; i++) {
            difference |= mac[i] ^ expected[at + i];
        }
        return difference == 0;
    }

    void write(byte[] buf, int off, int covered, int at) {
        sign(buf, off, covered);
        System.arraycopy(mac, 0, buf, at, MAC_BYTES);
    }

    /** Section 14.5: the length in the header counts up to the end of MESSAGE-INTEGRITY, whatever follows it. */
    private void sign(byte[] buf, int off, int covered) {
        int counted = covered - StunMessage.HEADER_BYTES + 4 + MAC_BYTES;
        length[0] = (byte) (counted >>> 8);
        length[1] = (byte) counted;
        hmac.update(buf, off, 2);
        hmac.update(length, 0, 2);
        hmac.update(buf, off + 4, covered - 4);
        try {
            hmac.doFinal(mac, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
