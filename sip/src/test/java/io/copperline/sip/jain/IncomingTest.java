package io.copperline.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IncomingTest {
    /** So much before its time is up the connection is read. */
    private static final long SHORTLY = 20;

    private static final String OPTIONS = "OPTIONS sip:a SIP/2.0\r\n\r\n";

    private final AtomicInteger ended = new AtomicInteger();
    private long nowMillis;
    private final Drops drops = new Drops(() -> Instant.ofEpochMilli(nowMillis));
    private final Incoming incoming = new Incoming(() -> Instant.ofEpochMilli(nowMillis), drops);
    private Socket peer;

    /** As a server socket hands connections out. */
    private static final class Taking extends ServerSocket {
        Taking() throws IOException {
            bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }

        void take(Socket into) throws IOException {
            implAccept(into);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        try (Taking server = new Taking()) {
            peer = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
            server.take(incoming);
        }
        incoming.admit(
                new StreamGate(incoming.getInetAddress(), new SourceRates(100), drops, nowMillis),
                ended::incrementAndGet);
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        incoming.close();
    }

    private void say(String text) throws IOException {
        peer.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private String hear() throws IOException {
        byte[] bytes = new byte[1000];
        int read = incoming.getInputStream().read(bytes);
        return new String(bytes, 0, read, StandardCharsets.US_ASCII);
    }

    @Test
    void endsWhereNoRequestComes() {
        nowMillis = StreamGate.FIRST_MILLIS - SHORTLY;
        assertThrows(SocketTimeoutException.class, this::hear);
        assertTrue(incoming.isClosed());
        assertEquals(1, drops.counts().get(Drop.SILENT));
        assertEquals(1, ended.get());
    }

    @Test
    void endsWhereAMessageTakesTooLong() throws IOException {
        say(OPTIONS);
        assertEquals(OPTIONS, hear());
        say(OPTIONS + "OPTIONS sip");
        assertEquals(OPTIONS, hear());
        nowMillis = StreamGate.MESSAGE_MILLIS - SHORTLY;
        assertThrows(SocketTimeoutException.class, this::hear);
        assertEquals(1, drops.counts().get(Drop.SILENT));
    }

    @Test
    void endsQuietlyWhereNothingComesForLong() throws IOException {
        say(OPTIONS);
        hear();
        nowMillis = StreamGate.IDLE_MILLIS - SHORTLY;
        assertThrows(SocketTimeoutException.class, this::hear);
        assertTrue(incoming.isClosed());
        assertEquals(0, drops.counts().get(Drop.SILENT));
    }

    @Test
    void countsItselfOutOnce() throws IOException {
        incoming.close();
        incoming.close();
        assertEquals(1, ended.get());
    }
}
