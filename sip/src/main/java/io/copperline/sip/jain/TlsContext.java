package io.copperline.sip.jain;

import io.copperline.sip.SipStartException;
import io.copperline.sip.TlsSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes a TLS context of PEM files (RFC 7468). */
final class TlsContext {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private TlsContext() {}

    static SSLContext load(TlsSettings settings) throws SipStartException {
        KeyManager[] keyManagers = keyManagers(settings);
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trustStore(settings.trust()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(settings, e);
        }
    }

    static KeyManager[] keyManagers(TlsSettings settings) throws SipStartException {
        Certificate[] chain = certificates(settings.certificate()).toArray(Certificate[]::new);
        PrivateKey key = key(settings.key(), chain[0].getPublicKey().getAlgorithm());
        try {
            KeyStore keys = emptyStore();
            keys.setKeyEntry("sip", key, new char[0], chain);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, new char[0]);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(settings, e);
        }
    }

    private static SipStartException unusable(TlsSettings settings, Exception e) {
        return new SipStartException(
                "Cannot use certificate " + settings.certificate() + " with key " + settings.key() + ": "
                        + e.getMessage() + ". Check that they belong together.",
                e);
    }

    // Null makes the factory take the Java runtime's own authorities.
    private static KeyStore trustStore(Optional<Path> file)
            throws SipStartException, GeneralSecurityException, IOException {
        if (file.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate authority : certificates(file.get())) {
            store.setCertificateEntry("authority-" + number, authority);
            number++;
        }
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file) throws SipStartException {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
            if (found.isEmpty()) {
                throw new SipStartException(file + " holds no certificate. Give a PEM file.", null);
            }
            return found;
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (GeneralSecurityException e) {
            throw new SipStartException(file + " holds no certificate in PEM form: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file, String algorithm) throws SipStartException {
        try {
            String pem = Files.readString(file, StandardCharsets.US_ASCII);
            int begin = pem.indexOf(BEGIN);
            int end = pem.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new SipStartException(
                        file + " holds no unencrypted PKCS #8 key. Convert it: openssl pkcs8 -topk8 -nocrypt -in "
                                + file.getFileName(),
                        null);
            }
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException e) {
            throw unreadable(file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SipStartException(file + " holds no " + algorithm + " key that fits the certificate.", e);
        }
    }

    private static SipStartException unreadable(Path file, IOException e) {
        return new SipStartException(
                "Cannot read " + file + " (" + e.getClass().getSimpleName() + "). Check the path and who may read it.",
                e);
    }
}
