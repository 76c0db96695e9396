package io.copperline.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramGateTest {
    private static final String REST =
            " SIP/2.0\r\nv: SIP/2.0/UDP h;branch=z9hG4bK1\r\nf: <sip:a@b>;tag=1\r\nt: <sip:x>\r\ni: 1\r\n";

    private long nowMillis = 1_000_000;
    private final Drops drops = new Drops(() -> Instant.ofEpochMilli(nowMillis));
    private final InetSocketAddress carrier = at("192.0.2.1");
    private final InetSocketAddress stranger = at("203.0.113.1");
    private final DatagramGate gate = new DatagramGate(
            source -> source.address().equals(carrier),
            new SourceRates(40),
            drops,
            () -> Instant.ofEpochMilli(nowMillis));

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 5060);
    }

    private DatagramGate.Fate arrives(String text, InetSocketAddress from) {
        byte[] bytes = ("ab" + text + "cd").getBytes(StandardCharsets.ISO_8859_1);
        return gate.onDatagram(bytes, 2, bytes.length - 4, from);
    }

    private int heard(String method, int sent) {
        int heard = 0;
        for (int i = 0; i < sent; i++) {
            heard += arrives(method + " sip:x" + REST + "CSeq: 1 " + method + "\r\n\r\n", carrier)
                            instanceof DatagramGate.Fate.Heard
                    ? 1
                    : 0;
        }
        return heard;
    }

    @Test
    void tellsStrangersNothing() {
        assertInstanceOf(DatagramGate.Fate.Dropped.class, arrives("OPTIONS sip:x" + REST + "\r\n", stranger));
        assertInstanceOf(DatagramGate.Fate.Dropped.class, arrives("junk", stranger));
        assertEquals(2L, drops.counts().get(Drop.STRANGER));
        assertEquals(0L, drops.counts().get(Drop.MALFORMED));
    }

    @Test
    void hearsSomeResponsesFromElsewhere() {
        int heard = 0;
        for (int i = 0; i < 500; i++) {
            heard += arrives("SIP/2.0 200 OK\r\n\r\n", stranger) instanceof DatagramGate.Fate.Heard ? 1 : 0;
        }
        assertEquals(100, heard);
    }

    @Test
    void shedsAFloodAndKeepsRoomForCallsThereAre() {
        assertEquals(61, heard("INVITE", 1000));
        assertEquals(19, heard("BYE", 1000));
        nowMillis += 1000;
        assertEquals(21, heard("INVITE", 1000));
        assertEquals(19, heard("ACK", 1000));
        assertTrue(drops.counts().get(Drop.FLOOD) > 3800);
    }

    @Test
    void aFloodOfOneSourceIsNotAnothers() {
        heard("INVITE", 1000);
        InetSocketAddress other = at("192.0.2.2");
        DatagramGate open =
                new DatagramGate(_ -> true, new SourceRates(40), drops, () -> Instant.ofEpochMilli(nowMillis));
        byte[] bytes = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 1000; i++) {
            open.onDatagram(bytes, 0, bytes.length, carrier);
        }
        assertInstanceOf(DatagramGate.Fate.Heard.class, open.onDatagram(bytes, 0, bytes.length, other));
    }

    @Test
    void answersWhatIsMalformedBarely() {
        String bad = "OPTIONS  sip:x" + REST + "CSeq: 1\r\n OPTIONS\r\nUser-Agent: secret\r\n\r\nbody";
        var answered = assertInstanceOf(DatagramGate.Fate.Answered.class, arrives(bad, carrier));
        String text = new String(answered.response(), StandardCharsets.ISO_8859_1);
        List<String> lines = List.of(
                "SIP/2\\.0 400 Bad Request",
                "v: SIP/2\\.0/UDP h;branch=z9hG4bK1",
                "f: <sip:a@b>;tag=1",
                "t: <sip:x>;tag=[0-9a-f]+",
                "i: 1",
                "CSeq: 1 OPTIONS",
                "Content-Length: 0");
        assertTrue(text.matches(String.join("\r\n", lines) + "\r\n\r\n"), text);
    }

    @Test
    void answersNoAckAndNoResponse() {
        assertInstanceOf(DatagramGate.Fate.Dropped.class, arrives("ACK  sip:x" + REST + "\r\n", carrier));
        assertInstanceOf(DatagramGate.Fate.Dropped.class, arrives("SIP/2.0 999 x\r\nVia: h\r\n\r\n", carrier));
        assertInstanceOf(DatagramGate.Fate.Dropped.class, arrives("OPTIONS sip:x SIP/2.0\r\n\r\n", carrier));
        assertEquals(3L, drops.counts().get(Drop.MALFORMED));
    }
}
