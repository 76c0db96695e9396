package io.copperline.gateway.carrier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The answers of a caller who knows the password (RFC 2617 section 3.2.2). */
final class Digests {
    private Digests() {}

    static String response(String method, String uri) {
        return md5(md5("account:realm:secret") + ":nonce:00000001:c:auth:" + md5(method + ":" + uri));
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
