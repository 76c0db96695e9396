package io.copperline.sip.stir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** Reads the operator's PEM files. What is wrong with one is an IOException with the fix, and nothing of the key. */
public final class StirFiles {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int P256_BITS = 256;

    private StirFiles() {}

    /** A private key on P-256, PKCS #8. */
    public static PrivateKey key(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        try {
            if (begin >= 0 && end > begin) {
                byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
                PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
                if (((ECPrivateKey) key).getParams().getCurve().getField().getFieldSize() == P256_BITS) {
                    return key;
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // said below; the exception might quote the key
        }
        throw new IOException(file + " holds no private key on P-256 in PKCS #8."
                + " Make one of another form with: openssl pkcs8 -topk8 -nocrypt -in KEY -out " + file);
    }

    /** The certificates of authorities. */
    public static List<X509Certificate> anchors(Path file) throws IOException {
        try {
            return CertificateChains.authorities(Files.readAllBytes(file));
        } catch (BadIdentity e) {
            throw new IOException(file + " holds no certificates in PEM.", e);
        }
    }
}
