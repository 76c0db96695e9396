package io.copperline.sip;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A web server of loopback where certificates for signing calls can be fetched; this process trusts it meanwhile. */
final class CertificateSite implements AutoCloseable {
    private static final Path FILES = Path.of("src/test/resources/stir");

    private final SSLSocketFactory before = HttpsURLConnection.getDefaultSSLSocketFactory();
    private final HttpsServer server;

    CertificateSite() throws IOException, GeneralSecurityException {
        SSLContext context = context();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        serve("/shaken.pem", 200, Files.readAllBytes(FILES.resolve("provider.pem")));
        serve("/huge.pem", 200, new byte[100_000]);
        serve("/moved.pem", 302, new byte[0]);
        server.start();
        HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
    }

    private void serve(String path, int status, byte[] file) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", url("/shaken.pem"));
            exchange.sendResponseHeaders(status, file.length == 0 ? -1 : file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
    }

    String url(String path) {
        return "https://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static SSLContext context() throws IOException, GeneralSecurityException {
        String pem = Files.readString(FILES.resolve("web.key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        Certificate certificate;
        try (FileInputStream in = new FileInputStream(FILES.resolve("web.pem").toFile())) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("web", key, new char[0], new Certificate[] {certificate});
        store.setCertificateEntry("trusted", certificate);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        HttpsURLConnection.setDefaultSSLSocketFactory(before);
        server.stop(0);
    }
}
