package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trunk says for itself over TLS, and certificates that change. */
class TrunkTlsTest {
    @TempDir
    Path folder;

    /** Takes any certificate: the test looks at it. */
    private static final class Anyone implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** A carrier that wants a certificate of each client, and tells whose it was and what ALPN came to. */
    private final class Carrier implements AutoCloseable {
        private final SSLServerSocket server;
        private final BlockingQueue<String> clients = new LinkedBlockingQueue<>();

        Carrier(String name) throws Exception {
            KeyStore keys = KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), "changeit".toCharArray());
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, "changeit".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), new TrustManager[] {new Anyone()}, null);
            server = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
            server.setNeedClientAuth(true);
            SSLParameters parameters = server.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"sip/2"});
            server.setSSLParameters(parameters);
            Thread.ofVirtual().start(this::serve);
        }

        private void serve() {
            while (!server.isClosed()) {
                try {
                    SSLSocket socket = (SSLSocket) server.accept(); // open until the test ends
                    socket.startHandshake();
                    clients.add(
                            socket.getSession().getPeerPrincipal().getName() + " " + socket.getApplicationProtocol());
                } catch (java.io.IOException e) {
                    clients.add("failed");
                }
            }
        }

        String nextClient() throws InterruptedException {
            return clients.poll(20, TimeUnit.SECONDS);
        }

        @Override
        public void close() throws java.io.IOException {
            server.close();
        }
    }

    private TlsSettings make(String name, Optional<Path> trust) throws Exception {
        return PemFiles.make(folder, name, "EC", "dns:localhost,ip:127.0.0.1", trust);
    }

    private static TrunkSettings trunk(String name, int port, TrunkTls tls) {
        return TrunkSettings.to(name, "localhost", port, SipTransport.TLS)
                .carriage(Carriage.USUAL.with(tls))
                .build();
    }

    @Test
    void eachTrunkShowsItsOwnCertificateAndOffersItsOwnProtocols() throws Exception {
        TlsSettings general = make("general", Optional.empty());
        TlsSettings theirs = make("theirs", Optional.empty());
        TlsSettings special = make("special", Optional.empty());
        TrunkTls own = new TrunkTls(
                Optional.of(special.certificate()),
                Optional.of(special.key()),
                Optional.of(theirs.certificate()),
                List.of("sip/2"));
        TrunkTls trusting =
                new TrunkTls(Optional.empty(), Optional.empty(), Optional.of(theirs.certificate()), List.of());
        try (Carrier carrier = new Carrier("theirs");
                Party gateway = new Party(
                        Sample.settings(0, SipSettings.ANY_FREE_PORT, Optional.of(general)),
                        trunk("own", carrier.server.getLocalPort(), own),
                        trunk("trusting", carrier.server.getLocalPort(), trusting))) {
            gateway.endpoint.trunk("own").probe();
            assertEquals("CN=special sip/2", carrier.nextClient());
            gateway.endpoint.trunk("trusting").probe();
            assertEquals("CN=general ", carrier.nextClient(), "a connection of its own to the same place");
        }
    }

    @Test
    void aPrivateAuthorityIsTheTrunksOnly() throws Exception {
        TlsSettings general = make("general", Optional.empty());
        make("theirs", Optional.empty());
        try (Carrier carrier = new Carrier("theirs");
                Party gateway = new Party(
                        Sample.settings(0, SipSettings.ANY_FREE_PORT, Optional.of(general)),
                        trunk("usual", carrier.server.getLocalPort(), TrunkTls.USUAL))) {
            gateway.endpoint.trunk("usual").probe();
            assertEquals("failed", carrier.nextClient());
        }
    }

    @Test
    void newConnectionsGetTheNewCertificateAndOpenOnesLiveOn() throws Exception {
        TlsSettings used = make("used", Optional.empty());
        TlsSettings next = make("next", Optional.empty());
        TrunkSettings peer =
                TrunkSettings.to("peer", "127.0.0.1", 5061, SipTransport.TLS).build();
        try (Party gateway = new Party(Sample.settings(0, SipSettings.ANY_FREE_PORT, Optional.of(used)), peer);
                SSLSocket open = connect(gateway.endpoint.tlsPort())) {
            assertEquals("CN=used", name(open));
            Files.writeString(used.certificate(), "half of a fi");
            gateway.endpoint.refreshCertificates();
            try (SSLSocket meanwhile = connect(gateway.endpoint.tlsPort())) {
                assertEquals("CN=used", name(meanwhile), "what cannot be used is not used");
            }
            Files.move(next.certificate(), used.certificate(), StandardCopyOption.REPLACE_EXISTING);
            Files.move(next.key(), used.key(), StandardCopyOption.REPLACE_EXISTING);
            gateway.endpoint.refreshCertificates();
            try (SSLSocket after = connect(gateway.endpoint.tlsPort())) {
                assertEquals("CN=next", name(after));
            }
            open.getOutputStream().write("\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            open.setSoTimeout(200);
            assertTrue(lives(open));
        }
    }

    @Test
    void whoeverConnectsMustShowAGoodCertificateWhereWeWantOne() throws Exception {
        TlsSettings theirs = make("theirs", Optional.empty());
        TlsSettings another = make("another", Optional.empty());
        TlsSettings ours = make("ours", Optional.empty());
        TlsSettings mutual =
                new TlsSettings(ours.certificate(), ours.key(), Optional.of(theirs.certificate()), List.of(), true);
        TrunkSettings peer =
                TrunkSettings.to("peer", "127.0.0.1", 5061, SipTransport.TLS).build();
        try (Party gateway = new Party(Sample.settings(0, SipSettings.ANY_FREE_PORT, Optional.of(mutual)), peer)) {
            int port = gateway.endpoint.tlsPort();
            assertTrue(answersOptions(port, theirs.keyManagers()));
            assertEquals(0L, gateway.endpoint.drops().get(Drop.STRANGER));
            assertFalse(answersOptions(port, another.keyManagers()));
            assertFalse(answersOptions(port, null));
            Await.until("both are counted", () -> gateway.endpoint.drops().get(Drop.STRANGER) == 2);
        }
    }

    private static boolean answersOptions(int port, KeyManager[] keys) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Anyone()}, null);
        String options = """
                OPTIONS sip:127.0.0.1 SIP/2.0
                Via: SIP/2.0/TLS 127.0.0.1:9;rport;branch=z9hG4bKm
                Max-Forwards: 70
                From: <sip:a@b>;tag=1
                To: <sip:127.0.0.1>
                Call-ID: m
                CSeq: 1 OPTIONS
                Content-Length: 0

                """.replace("\n", "\r\n");
        try (Socket socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(options.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == 'S';
        } catch (SSLException | SocketException e) {
            return false; // it is told in an alert, or finds the connection closed
        }
    }

    private static boolean lives(Socket socket) throws java.io.IOException {
        try {
            return socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException e) {
            return true; // nothing to say, and not closed
        }
    }

    private static SSLSocket connect(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anyone()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.startHandshake();
        return socket;
    }

    private static String name(SSLSocket socket) throws Exception {
        assertNotEquals(0, socket.getSession().getPeerCertificates().length);
        return socket.getSession().getPeerPrincipal().getName();
    }
}
