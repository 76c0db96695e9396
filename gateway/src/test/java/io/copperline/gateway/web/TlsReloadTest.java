package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsReloadTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path directory;

    @Test
    void showsNewCertificateWithoutRestart() throws Exception {
        write(made("one", "EC"));
        try (var door = new Door(settings(), Door.AUTH)) {
            assertEquals("CN=one", shown(door));
            assertEquals(HttpClient.Version.HTTP_2, spoken(door));
            write(made("two", "RSA"));
            Await.that(() -> shown(door).equals("CN=two"));
            assertEquals(HttpClient.Version.HTTP_2, spoken(door));
        }
    }

    @Test
    void keepsCertificateWhenNewFilesDoNotFit() throws Exception {
        Pair one = made("one", "EC");
        write(one);
        try (var door = new Door(settings(), Door.AUTH)) {
            Pair two = made("two", "EC");
            Files.writeString(directory.resolve("cert.pem"), two.certificate());
            door.server.close();
            assertThrows(WebServerFailed.class, () -> new CertificateFiles(files()).read());
        }
        write(one);
        try (var door = new Door(settings(), Door.AUTH)) {
            Files.writeString(directory.resolve("key.pem"), "rubbish");
            for (int i = 0; i < 20; i++) {
                assertEquals("CN=one", shown(door));
            }
            write(made("three", "EC"));
            Await.that(() -> shown(door).equals("CN=three"));
        }
    }

    @Test
    void refusesToStartWithoutUsablePair() throws Exception {
        WebServerFailed missing = assertThrows(WebServerFailed.class, () -> new Door(settings(), Door.AUTH).close());
        assertTrue(missing.getMessage().startsWith("http.tls: cannot read "), missing.getMessage());
        Pair one = made("one", "EC");
        Files.writeString(directory.resolve("cert.pem"), one.certificate());
        Files.writeString(directory.resolve("key.pem"), made("two", "EC").key());
        WebServerFailed mixed = assertThrows(WebServerFailed.class, () -> new Door(settings(), Door.AUTH).close());
        assertTrue(mixed.getMessage().contains("belongs to another certificate"), mixed.getMessage());
    }

    @Test
    void shrugsOffWhatIsNoTls() throws Exception {
        write(made("one", "EC"));
        try (var door = new Door(settings(), Door.AUTH)) {
            for (String junk :
                    List.of("GET / HTTP/1.1\r\n\r\n", "\u0016\u0003\u0001\u00ff\u00ff" + "x".repeat(300), "")) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.server.port())) {
                    socket.getOutputStream().write(junk.getBytes(StandardCharsets.ISO_8859_1));
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                }
            }
            assertEquals("CN=one", shown(door));
        }
    }

    private HttpSettings settings() {
        return new HttpSettings(
                "127.0.0.1", 0, Optional.empty(), Optional.of(files()), List.of(), List.of(), Door.LIMITS);
    }

    private HttpSettings.Tls files() {
        return new HttpSettings.Tls(directory.resolve("cert.pem"), directory.resolve("key.pem"));
    }

    private void write(Pair pair) throws IOException {
        Files.writeString(directory.resolve("cert.pem"), pair.certificate());
        Files.writeString(directory.resolve("key.pem"), pair.key());
    }

    /** The subject of the certificate that a new connection is shown. */
    private static String shown(Door door) {
        try {
            try (var socket = (SSLSocket)
                    trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), door.server.port())) {
                socket.startHandshake();
                Certificate first = socket.getSession().getPeerCertificates()[0];
                return ((X509Certificate) first).getSubjectX500Principal().getName();
            }
        } catch (SSLException e) {
            return "handshake failed";
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpClient.Version spoken(Door door) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(trusting()).build()) {
            var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + door.server.port() + "/"));
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode());
            return answer.version();
        }
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everyone()}, null);
        return context;
    }

    private Pair made(String name, String algorithm) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + name,
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertTrue(keytool.waitFor(30, TimeUnit.SECONDS));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return new Pair(
                pem("CERTIFICATE", keys.getCertificate(name).getEncoded()),
                pem("PRIVATE KEY", keys.getKey(name, PASSWORD).getEncoded()));
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    private record Pair(String certificate, String key) {}

    /** The test looks at the certificate by itself. */
    private static final class Everyone extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
