package io.copperline.sip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes certificates for tests. */
final class PemFiles {
    private PemFiles() {}

    /** A certificate of its own making for these names, as PEM files. */
    static TlsSettings make(Path folder, String name, String keyAlgorithm, String names, Optional<Path> trust)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "sip",
                "-keyalg",
                keyAlgorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "SAN=" + names,
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                store.toString());
        if (new ProcessBuilder(command).start().waitFor() != 0) {
            throw new AssertionError(command);
        }

        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        Path certificate = folder.resolve(name + ".crt");
        Path key = folder.resolve(name + ".key");
        Files.writeString(
                certificate, pem("CERTIFICATE", keys.getCertificate("sip").getEncoded()));
        Files.writeString(
                key,
                pem("PRIVATE KEY", keys.getKey("sip", "changeit".toCharArray()).getEncoded()));
        return new TlsSettings(certificate, key, Optional.of(trust.orElse(certificate)));
    }

    private static String pem(String kind, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
