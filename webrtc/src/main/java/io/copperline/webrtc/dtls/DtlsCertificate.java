package io.copperline.webrtc.dtls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Our self-signed ECDSA P-256 certificate and its key (RFC 8827 section 6.5). Kept as PEM by whoever owns the disk. */
public final class DtlsCertificate {
    private static final Duration LIFETIME = Duration.ofDays(365);
    /** Clocks of browsers may be behind. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private final X509Certificate certificate;
    private final PrivateKey key;

    private DtlsCertificate(X509Certificate certificate, PrivateKey key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** Makes a new one, good for a year from {@code now}. */
    public static DtlsCertificate create(SecureRandom random, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            // RFC 8827 section 6.5 wants nothing of the user in the name.
            X500Name name = new X500Name("CN=copperline");
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(64, random),
                    Date.from(now.minus(BACKDATED)),
                    Date.from(now.plus(LIFETIME)),
                    name,
                    pair.getPublic());
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            return new DtlsCertificate(
                    new JcaX509CertificateConverter().getCertificate(builder.build(signer)), pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("every Java runtime has ECDSA with P-256", e);
        }
    }

    /**
     * Reads what {@link #pem} wrote.
     *
     * @throws IllegalArgumentException where this is not a certificate and a key; the message says what is missing
     */
    public static DtlsCertificate parse(String pem) {
        byte[] certificate = block(pem, "CERTIFICATE");
        byte[] key = block(pem, "PRIVATE KEY");
        try {
            return new DtlsCertificate(
                    (X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(certificate)),
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the certificate or its EC key cannot be read", e);
        }
    }

    private static byte[] block(String pem, String label) {
        Matcher matcher = PEM.matcher(pem);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                return Base64.getMimeDecoder().decode(matcher.group(2));
            }
        }
        throw new IllegalArgumentException("has no " + label + " block");
    }

    /** Certificate and key in PEM. Secret. */
    public String pem() {
        return block("CERTIFICATE", encoded()) + block("PRIVATE KEY", key.getEncoded());
    }

    private static String block(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    /** The end of its validity; who keeps certificates makes a new one before. */
    public Instant expires() {
        return certificate.getNotAfter().toInstant();
    }

    /** What our SDP announces. */
    public Fingerprint fingerprint() {
        return Fingerprint.of("sha-256", encoded());
    }

    /** What statistics show of it. */
    public CertificateFigures figures() {
        return CertificateFigures.of(encoded());
    }

    byte[] encoded() {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] encodedKey() {
        return key.getEncoded();
    }

    @Override
    public String toString() {
        return "DtlsCertificate[" + fingerprint().write() + "]";
    }
}
