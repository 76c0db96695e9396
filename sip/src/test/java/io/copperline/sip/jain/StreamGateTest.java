package io.copperline.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StreamGateTest {
    private static final InetAddress FROM = InetAddress.ofLiteral("192.0.2.7");
    private static final String OPTIONS = "OPTIONS sip:a SIP/2.0\r\nVia: x\r\n\r\n";
    private static final String BYE = "BYE sip:a SIP/2.0\r\n\r\n";
    private static final String PING = "\r\n\r\n";

    private final Drops drops = new Drops(() -> Instant.EPOCH);
    private final SourceRates rates = new SourceRates(10); // 20 at once, the last 5 for calls there are
    private final StreamGate gate = new StreamGate(FROM, rates, drops, 0);
    private long nowMillis;

    private boolean bring(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return gate.onBytes(bytes, bytes.length, nowMillis);
    }

    private String passed() {
        byte[] bytes = new byte[100_000];
        int taken = gate.take(bytes, 0, bytes.length);
        return new String(bytes, 0, taken, StandardCharsets.ISO_8859_1);
    }

    private long dropped(Drop why) {
        return drops.counts().get(why);
    }

    private static String withBody(String start, String body) {
        return start + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void passesWhatComesAsItCame() {
        String all = OPTIONS + withBody("INVITE sip:a SIP/2.0", "v=0\r\n\r\nBYE x\r\n\r\n") + PING + "\r\n" + BYE;
        assertTrue(bring(all));
        assertEquals(all, passed());
    }

    @Test
    void passesWhatComesByteByByteOnceItsHeadIsWhole() {
        String message = withBody("INVITE sip:a SIP/2.0", "0123456789");
        StringBuilder heard = new StringBuilder();
        for (int i = 0; i < message.length(); i++) {
            assertTrue(bring(message.substring(i, i + 1)));
            String now = passed();
            assertTrue(now.isEmpty() || heard.length() + now.length() >= message.indexOf("0123"), now);
            heard.append(now);
        }
        assertEquals(message, heard.toString());
    }

    @Test
    void handsOutNoMoreThanIsAskedFor() {
        bring(BYE);
        byte[] few = new byte[10];
        assertEquals(10, gate.take(few, 0, 10));
        assertEquals("BYE sip:a ", new String(few, StandardCharsets.ISO_8859_1));
        assertEquals(BYE.substring(10), passed());
        assertEquals(0, gate.take(few, 0, 10));
    }

    @Test
    void withholdsWholeMessagesOfWhoSendsTooMany() {
        String invite = withBody("INVITE sip:a SIP/2.0", "body");
        for (int i = 0; i < 100; i++) {
            assertTrue(bring(invite));
        }
        assertEquals(invite.repeat(16), passed());
        assertEquals(84, dropped(Drop.FLOOD));
        assertTrue(bring(BYE));
        assertEquals(BYE, passed(), "what belongs to a call has its own share");
        nowMillis = 1000;
        assertTrue(bring(invite + OPTIONS));
        assertEquals(invite + OPTIONS, passed());
    }

    @Test
    void countsAllConnectionsOfASourceAsOne() {
        StreamGate other = new StreamGate(FROM, rates, drops, 0);
        byte[] options = OPTIONS.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 20; i++) {
            other.onBytes(options, options.length, 0);
        }
        bring(OPTIONS);
        assertEquals("", passed());
        StreamGate stranger = new StreamGate(InetAddress.ofLiteral("192.0.2.8"), rates, drops, 0);
        stranger.onBytes(options, options.length, 0);
        assertEquals(options.length, stranger.take(new byte[1000], 0, 1000));
    }

    @Test
    void countsPings() {
        bring(OPTIONS + PING.repeat(100));
        assertEquals(OPTIONS + PING.repeat(15), passed());
        assertEquals(85, dropped(Drop.FLOOD));
    }

    @Test
    void keepsPingsBeforeTheFirstMessageFromTheStack() {
        bring(PING + "\r\n" + OPTIONS + PING);
        assertEquals("\r\n" + OPTIONS + PING, passed());
    }

    @Test
    void givesTheFirstRequestHalfAMinuteWhateverElseComes() {
        assertEquals(30_000, gate.deadlineMillis());
        nowMillis = 20_000;
        bring(PING);
        assertEquals(30_000, gate.deadlineMillis());
        assertFalse(gate.quiet());
        bring(OPTIONS);
        assertEquals(20_000 + StreamGate.IDLE_MILLIS, gate.deadlineMillis());
        assertTrue(gate.quiet());
    }

    @Test
    void givesAMessageTenSecondsHoweverItDribbles() {
        bring(OPTIONS);
        nowMillis = 60_000;
        bring("INVITE sip:a");
        nowMillis = 69_000;
        bring(" SIP/2.0\r\nl: 100\r\n\r\nbody");
        assertEquals(70_000, gate.deadlineMillis());
        assertFalse(gate.quiet());
    }

    @Test
    void endsAConnectionWhoseHeadHasNoEnd() {
        assertTrue(bring("OPTIONS sip:a SIP/2.0\r\n"));
        boolean open = true;
        for (int i = 0; i < 1000 && open; i++) {
            open = bring("X-Filler: " + "x".repeat(50) + "\r\n");
        }
        assertFalse(open);
        assertEquals(1, dropped(Drop.MALFORMED));
        assertEquals("", passed());
    }

    @Test
    void countsHalfAMessageAsMalformed() {
        bring(OPTIONS);
        gate.onEnd();
        assertEquals(0, dropped(Drop.MALFORMED));
        bring("OPTIONS sip:a");
        gate.onEnd();
        assertEquals(1, dropped(Drop.MALFORMED));
    }

    @Test
    void leavesALengthThatMakesNoSenseToTheStack() {
        for (String length : new String[] {"-1", "", "x", "99999999999"}) {
            String message = "OPTIONS sip:a SIP/2.0\r\nContent-Length: " + length + "\r\n\r\n";
            assertTrue(bring(message + BYE));
            assertEquals(message + BYE, passed());
        }
    }

    @FuzzTest
    void fuzzPassesBytesInOrderWhereNothingIsShed(byte[] bytes) {
        StreamGate open = new StreamGate(FROM, new SourceRates(1_000_000), drops, 0);
        byte[] first = OPTIONS.getBytes(StandardCharsets.ISO_8859_1);
        open.onBytes(first, first.length, 0);
        open.take(first, 0, first.length);
        byte[] out = new byte[bytes.length];
        int length = 0;
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] part = java.util.Arrays.copyOfRange(bytes, at, Math.min(at + 7, bytes.length));
            if (!open.onBytes(part, part.length, 0)) {
                return;
            }
            length += open.take(out, length, out.length - length);
        }
        assertTrue(java.util.Arrays.equals(bytes, 0, length, out, 0, length));
    }
}
