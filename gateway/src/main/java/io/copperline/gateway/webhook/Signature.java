package io.copperline.gateway.webhook;

import io.copperline.codecs.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The value of {@code Copperline-Signature}: {@code t=SECONDS,v1=HEX}. */
final class Signature {
    static final String HEADER = "Copperline-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    /**
     * HMAC-SHA-256 (RFC 2104) over the time, a dot and the body. The time is part of it, so that nobody can ask an old question again.
     *
     * @param seconds since 1970
     */
    static String of(Secret secret, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] sum = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
