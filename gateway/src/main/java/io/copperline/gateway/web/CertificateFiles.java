package io.copperline.gateway.web;

import io.copperline.config.HttpSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Our certificate and its key, as they lie in two PEM files. Reads them both at once and only takes a pair that fits. */
final class CertificateFiles {
    private static final String BEGIN_KEY = "-----BEGIN PRIVATE KEY-----";
    private static final String END_KEY = "-----END PRIVATE KEY-----";

    private final HttpSettings.Tls files;

    CertificateFiles(HttpSettings.Tls files) {
        this.files = files;
    }

    /**
     * Reads the files as they are now.
     *
     * @throws WebServerFailed in words for the operator, where they cannot be read or do not fit together
     */
    Pair read() throws WebServerFailed {
        try {
            var pair = new Pair(Files.readAllBytes(files.certificate()), Files.readAllBytes(files.key()));
            pair.check();
            return pair;
        } catch (IOException e) {
            throw new WebServerFailed("http.tls: cannot read " + e.getMessage() + ". Check path and permissions.", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new WebServerFailed(
                    "http.tls: " + files.certificate() + " and " + files.key() + " are no usable pair ("
                            + e.getMessage() + "). The key must be PKCS #8 (BEGIN PRIVATE KEY), not encrypted, and the"
                            + " first certificate must be the one made for it.",
                    e);
        }
    }

    /** What was read: two PEM texts. */
    static final class Pair {
        private final byte[] certificate;
        private final byte[] key;

        Pair(byte[] certificate, byte[] key) {
            this.certificate = certificate;
            this.key = key;
        }

        boolean sameAs(Pair other) {
            return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
        }

        PemKeyCertOptions options() {
            return new PemKeyCertOptions()
                    .setCertValue(Buffer.buffer(certificate))
                    .setKeyValue(Buffer.buffer(key));
        }

        /** A half-replaced pair loads without complaint and then fails every handshake; a trial signature finds out. */
        private void check() throws GeneralSecurityException {
            PublicKey shown = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
            PrivateKey ours = KeyFactory.getInstance(shown.getAlgorithm()).generatePrivate(keySpec());
            String algorithm = shown.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(ours);
            signer.update(certificate);
            byte[] signature = signer.sign();
            signer.initVerify(shown);
            signer.update(certificate);
            if (!signer.verify(signature)) {
                throw new GeneralSecurityException("the key belongs to another certificate");
            }
        }

        private PKCS8EncodedKeySpec keySpec() throws GeneralSecurityException {
            String pem = new String(key, StandardCharsets.ISO_8859_1);
            int begin = pem.indexOf(BEGIN_KEY);
            int end = pem.indexOf(END_KEY);
            if (begin < 0 || end < begin) {
                throw new GeneralSecurityException("there is no " + BEGIN_KEY);
            }
            String base64 = pem.substring(begin + BEGIN_KEY.length(), end);
            return new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
        }
    }
}
