package io.copperline.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.Drops;
import io.copperline.sip.SipSettings;
import io.copperline.sip.SipTransport;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.NextHop;
import io.copperline.sip.wire.PingListener;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import io.copperline.sip.wire.ResponseListener;
import io.copperline.sip.wire.ServerExchange;
import io.copperline.sip.wire.Source;
import io.copperline.sip.wire.WireFailure;
import io.copperline.sip.wire.WireListener;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection of ours whose peer may have gone, with a word or without. */
class SilentConnectionTest {
    private static final Duration UNANSWERED = Duration.ofSeconds(5);

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private volatile Instant now = Instant.EPOCH;
    private ServerSocket server;
    private JainWire wire;
    private NextHop hop;
    private int count;

    @BeforeEach
    void open() throws Exception {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(20_000);
        SipSettings settings = new SipSettings(
                "127.0.0.1", "", 0, SipSettings.ANY_FREE_PORT, 0, Optional.empty(), "Copperline test", List.of());
        wire = JainWire.open(settings, false, new Drops(() -> now), () -> now);
        wire.listen(new Ends());
        hop = new NextHop("127.0.0.1", server.getLocalPort(), SipTransport.TCP, "127.0.0.1");
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        server.close();
    }

    private void ask() {
        count++;
        List<Header> headers = List.of(
                new Header("Via", "SIP/2.0/TCP 127.0.0.1:" + wire.port(SipTransport.TCP) + ";rport"),
                new Header("Max-Forwards", "70"),
                new Header("From", "<sip:us@127.0.0.1>;tag=1"),
                new Header("To", "<sip:them@127.0.0.1>"),
                new Header("Call-ID", "silent" + count),
                new Header("CSeq", "1 OPTIONS"));
        wire.request(new Request("OPTIONS", "sip:them@127.0.0.1", new Headers(headers), ""), hop, new Nobody());
    }

    private Socket taken() throws IOException {
        Socket peer = server.accept();
        peer.setSoTimeout(20_000);
        return peer;
    }

    private void awaitEnd() throws InterruptedException {
        assertEquals("ended TCP " + server.getLocalPort(), ends.poll(20, TimeUnit.SECONDS));
    }

    private static String hear(InputStream in) throws IOException {
        StringBuilder heard = new StringBuilder();
        while (heard.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertTrue(next >= 0, "the connection ended after: " + heard);
            heard.append((char) next);
        }
        return heard.toString();
    }

    @Test
    void isClosedAndTheNextRequestOpensAnother() throws Exception {
        ask();
        try (Socket first = taken()) {
            hear(first.getInputStream());
            now = now.plus(UNANSWERED);
            wire.doubt(hop, UNANSWERED);
            assertEquals(-1, first.getInputStream().read());
            awaitEnd();
            ask();
            try (Socket second = taken()) {
                assertTrue(
                        hear(second.getInputStream()).contains("Call-ID: silent2\r\n"), "what was given up stays so");
            }
        }
    }

    /** Its FIN was on its way when the request was written. */
    @Test
    void whatWasLostInItGoesOnceMoreOverAnother() throws Exception {
        ask();
        String lost;
        try (Socket first = taken()) {
            lost = hear(first.getInputStream());
        }
        try (Socket second = taken()) {
            assertEquals(lost, hear(second.getInputStream()), "the same branch: the same transaction");
            awaitEnd();
        }
        awaitEnd();
        ask();
        try (Socket third = taken()) {
            assertTrue(hear(third.getInputStream()).contains("Call-ID: silent2\r\n"), "and no more");
        }
    }

    @Test
    void whatHasWaitedForAWhileIsLeftToItsSender() throws Exception {
        ask();
        try (Socket first = taken()) {
            hear(first.getInputStream());
            now = now.plusSeconds(2);
        }
        awaitEnd();
        ask();
        try (Socket second = taken()) {
            assertTrue(hear(second.getInputStream()).contains("Call-ID: silent2\r\n"));
        }
    }

    @Test
    void staysWhereSomethingHasComeMeanwhile() throws Exception {
        ask();
        try (Socket peer = taken()) {
            hear(peer.getInputStream());
            now = now.plus(UNANSWERED);
            peer.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
            wire.emptyLine(hop, new Pongs(pongs));
            hear(peer.getInputStream());
            peer.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            assertEquals("pong", pongs.poll(20, TimeUnit.SECONDS));
            wire.doubt(hop, UNANSWERED);
            ask();
            hear(peer.getInputStream());
            assertTrue(ends.isEmpty());
        }
    }

    private record Pongs(BlockingQueue<String> heard) implements PingListener {
        @Override
        public void onPong(Optional<InetSocketAddress> mapped) {
            heard.add("pong");
        }

        @Override
        public void onNothingSent() {
            heard.add("nothing sent");
        }
    }

    private static final class Nobody implements ResponseListener {
        @Override
        public void onResponse(Response response) {}

        @Override
        public void onFailure(WireFailure failure, String what) {}
    }

    private final class Ends implements WireListener {
        @Override
        public boolean knows(Source source) {
            return true;
        }

        @Override
        public void onRequest(Source source, Request request, ServerExchange exchange) {}

        @Override
        public void onAck(Source source, Request ack) {}

        @Override
        public void onStrayResponse(Source source, Response response) {}

        @Override
        public void onConnectionEnded(InetSocketAddress peer, SipTransport transport) {
            ends.add("ended " + transport + " " + peer.getPort());
        }
    }
}
