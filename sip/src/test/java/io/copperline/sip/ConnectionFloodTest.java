package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One source floods an endpoint over connections. The clock stands still: nobody gains a right to send more. */
class ConnectionFloodTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    /** Of ten a second twice as many may come at once, the last quarter of calls that there are. */
    private static final int HEARD = 16;

    @TempDir
    Path folder;

    private SipEndpoint endpoint;
    private SSLContext trusting;

    @BeforeEach
    void start() throws Exception {
        TlsSettings tls = PemFiles.make(folder, "own", "EC", "ip:127.0.0.1", Optional.empty());
        trusting = trusting(tls.certificate());
        SipSettings settings = new SipSettings(
                "127.0.0.1",
                "",
                0,
                SipSettings.ANY_FREE_PORT,
                SipSettings.ANY_FREE_PORT,
                Optional.of(tls),
                "Copperline test",
                List.of(),
                new Shedding(10));
        endpoint = SipEndpoint.start(
                settings, List.of(Sample.trunk("rack", 5060)), _ -> {}, () -> NOW, new SecureRandom());
    }

    @AfterEach
    void stop() {
        endpoint.close();
    }

    private static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "peer", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private Socket connect(SipTransport transport) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        Socket socket = transport == SipTransport.TLS
                ? trusting.getSocketFactory().createSocket(here, endpoint.tlsPort())
                : new Socket(here, endpoint.tcpPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static byte[] options(int number) {
        return ("OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:9;rport;branch=z9hG4bKflood" + number
                        + "\r\nMax-Forwards: 70\r\nFrom: <sip:raw@127.0.0.1>;tag=raw\r\nTo: <sip:127.0.0.1>\r\nCall-ID: flood"
                        + number + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource(names = {"TCP", "TLS"})
    void messagesOfAllItsConnectionsCountTogether(SipTransport transport) throws IOException {
        try (Socket one = connect(transport);
                Socket other = connect(transport)) {
            for (int i = 0; i < 50; i++) {
                one.getOutputStream().write(options(2 * i));
                other.getOutputStream().write(options(2 * i + 1));
            }
            Await.until("all were looked at", () -> endpoint.drops().get(Drop.FLOOD) >= 100 - HEARD);
            assertEquals(100 - HEARD, endpoint.drops().get(Drop.FLOOD));
            // Its share for calls is still there, and the connection is too: a BYE of no call is answered.
            one.getOutputStream()
                    .write(new String(options(1000), StandardCharsets.US_ASCII)
                            .replace("OPTIONS", "BYE")
                            .getBytes(StandardCharsets.US_ASCII));
            heardUntil(one.getInputStream(), "CSeq: 1 BYE");
        }
    }

    private static void heardUntil(InputStream in, String end) throws IOException {
        StringBuilder heard = new StringBuilder();
        byte[] buffer = new byte[4096];
        for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
            heard.append(new String(buffer, 0, read, StandardCharsets.US_ASCII));
            if (heard.indexOf(end) >= 0) {
                return;
            }
        }
        throw new AssertionError("the connection has ended; " + heard);
    }

    @Test
    void connectionsBeyondItsShareAreClosed() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 65; i++) {
                open.add(connect(SipTransport.TCP));
            }
            assertEquals(-1, open.getLast().getInputStream().read());
            assertEquals(1, endpoint.drops().get(Drop.FLOOD));
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    @Test
    void whoFloodsWithPingsGetsHisConnectionBackAfterwards() throws IOException {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            open.add(connect(SipTransport.TCP));
            open.getLast().getOutputStream().write("\r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
        }
        for (Socket socket : open) {
            socket.close();
        }
        Await.until("it is answered", this::isAnswered);
    }

    private boolean isAnswered() {
        try (Socket one = connect(SipTransport.TCP)) {
            one.getOutputStream()
                    .write(new String(options(1000), StandardCharsets.US_ASCII)
                            .replace("OPTIONS", "BYE")
                            .getBytes(StandardCharsets.US_ASCII));
            return one.getInputStream().read() == 'S';
        } catch (IOException e) {
            return false; // it was turned away before it was heard
        }
    }

    @Test
    void whoConnectsTooOftenIsTurnedAwayForAWhile() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = connect(SipTransport.TCP)) {
                socket.shutdownOutput();
                assertEquals(-1, socket.getInputStream().read());
            }
        }
        assertEquals(0, endpoint.drops().get(Drop.FLOOD));
        try (Socket socket = connect(SipTransport.TCP)) {
            assertEquals(-1, socket.getInputStream().read());
        }
        assertEquals(1, endpoint.drops().get(Drop.FLOOD));
    }
}
