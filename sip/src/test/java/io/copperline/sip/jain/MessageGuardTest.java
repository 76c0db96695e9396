package io.copperline.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.copperline.sip.Drop;
import io.copperline.sip.Drops;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MessageGuardTest {
    private static final String START = "OPTIONS sip:x SIP/2.0\r\n";
    private static final String REST = "From: <sip:a@b>;tag=1\r\nTo: <sip:x>\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n";

    private final Drops drops = new Drops(() -> Instant.EPOCH);

    @BeforeAll
    static void quietParser() {
        gov.nist.core.CommonLogger.legacyLogger = new StackLog();
    }

    private static Optional<String> objection(String message) {
        return MessageGuard.objection(message.getBytes(StandardCharsets.UTF_8), true);
    }

    private static String via(String via) {
        return START + via + "\r\n" + REST + "\r\n";
    }

    @Test
    void refusesACommentInViaHoweverItIsWritten() {
        assertEquals(Optional.empty(), objection(via("Via: SIP/2.0/UDP h;branch=z9hG4bK1")));
        assertTrue(objection(via("Via: SIP/2.0/UDP h (\\")).isPresent());
        assertTrue(objection(via("v: SIP/2.0/UDP h (x")).isPresent());
        assertTrue(objection(via("VIA : SIP/2.0/UDP h (x")).isPresent());
        assertTrue(objection(via("Via: SIP/2.0/UDP h\r\n (\\")).isPresent());
        assertTrue(objection(via("Via: SIP/2.0/UDP h\n\t\\")).isPresent());
        assertTrue(objection(via("Via: SIP/2.0/UDP h;branch=z9hG4bK1\rv:\t(")).isPresent());
        assertEquals(Optional.empty(), objection(via("Via: SIP/2.0/UDP h\r\nUser-Agent: me (\\)")));
    }

    @Test
    void refusesWhatIsTooBig() {
        assertTrue(objection(via("X: " + "y".repeat(9000))).isPresent());
        assertTrue(objection(via("Via: SIP/2.0/UDP h\r\n" + "X: y\r\n".repeat(201)))
                .isPresent());
        assertEquals(Optional.empty(), objection(via("Via: SIP/2.0/UDP h\r\n" + "X: y\r\n".repeat(190) + "X: y")));
    }

    @Test
    void refusesTwoReadings() {
        assertTrue(objection(via("Via: SIP/2.0/UDP h\r\ni: 2")).isPresent());
        assertTrue(objection(via("Content-Length: 0\r\nl: 0")).isPresent());
        assertTrue(objection(via("CSeq: 2 OPTIONS")).isPresent());
        assertTrue(objection(via("Content-Length: -1")).isPresent());
        assertTrue(objection(via("Content-Length: 99999999999")).isPresent());
    }

    @Test
    void refusesAFirstLineThatTwoReadersReadDifferently() {
        for (String line : new String[] {
            "OPTIONS  sip:x SIP/2.0",
            "OPTIONS sip:x SIP/2.0 ",
            "OPTIONS <sip:x> SIP/2.0",
            "OPTIONS sip:x?Route=y SIP/2.0",
            "OPTIONS sip:u@x;lr?Route=y SIP/2.0",
            "OPTIONS sip:2001:db8::1 SIP/2.0",
            "SIP/2.0 4294967301 OK",
            "OPTIONS"
        }) {
            assertTrue(
                    objection(line + "\r\nVia: SIP/2.0/UDP h\r\n" + REST + "\r\n")
                            .isPresent(),
                    line);
        }
        for (String line : new String[] {
            "OPTIONS sip:a?b@x:5060;lr SIP/2.0", "OPTIONS sip:u@[2001:db8::1]:5060 SIP/2.0", "OPTIONS any:?? sip/2.0"
        }) {
            assertEquals(Optional.empty(), objection(line + "\r\nVia: SIP/2.0/UDP h\r\n" + REST + "\r\n"), line);
        }
    }

    @Test
    void refusesARequestThatNobodyCouldAnswer() {
        assertTrue(objection(START + REST + "\r\n").isPresent());
        assertTrue(objection(START + "Via: SIP/2.0/UDP h\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:x>\r\n\r\n")
                .isPresent());
        assertTrue(objection(via("Via: SIP/2.0/UDP h;branch=z9hG4bK")).isPresent());
        assertTrue(objection(via("Via: SIP/2.0/UDP h;branch=z9hG4bK;rport")).isPresent());
    }

    @Test
    void refusesBlanksInAnAddressButNotInAName() {
        String via = "Via: SIP/2.0/UDP h\r\n";
        assertTrue(objection(via(via + "Contact: < sip:a@b>")).isPresent());
        assertTrue(objection(via(via + "m: \"a \\\" <\" <sip:a@b >")).isPresent());
        assertEquals(Optional.empty(), objection(via(via + "Contact: \"< a\" <sip:a@b>")));
        assertEquals(Optional.empty(), objection(via(via + "Contact: A b <sip:a@b> ; expires=1")));
    }

    @Test
    void refusesABodyThatIsShorterThanItSays() {
        assertTrue(objection(via("Content-Length: 10")).isPresent());
        assertEquals(Optional.empty(), objection(via("Via: SIP/2.0/UDP h\r\nContent-Length: 2") + "abcdef"));
    }

    @Test
    void refusesACSeqThatIsNotTheRequests() {
        String via = "Via: SIP/2.0/UDP h\r\n";
        for (String wrong : new String[] {
            "1 INVITE",
            "1\r\n INVITE",
            "one OPTIONS",
            "OPTIONS",
            "1",
            "",
            "2147483648 OPTIONS",
            "-1 OPTIONS",
            "1 options"
        }) {
            assertTrue(objection(withCSeq(via, wrong)).isPresent(), wrong);
        }
        for (String right :
                new String[] {"0 OPTIONS", "2147483647 OPTIONS", "00000000000009\r\n\t OPTIONS", "1 \t OPTIONS"}) {
            assertEquals(Optional.empty(), objection(withCSeq(via, right)), right);
        }
        assertEquals(
                Optional.empty(),
                MessageGuard.objection(withCSeq(via, "1 INVITE").getBytes(StandardCharsets.UTF_8), false),
                "over a connection the stack says so");
    }

    private static String withCSeq(String via, String cseq) {
        return (START + via + REST).replace("1 OPTIONS", cseq) + "\r\n";
    }

    @Test
    void refusesAnotherVersionOfADatagram() {
        String message = (START + "Via: SIP/2.0/UDP h\r\n" + REST + "\r\n").replace("x SIP/2.0", "x SIP/7.0");
        assertEquals(Optional.of("another version"), objection(message));
        assertEquals(
                Optional.empty(), MessageGuard.objection(message.getBytes(StandardCharsets.UTF_8), false), "as above");
    }

    @Test
    void whateverIsWrongLeavesAsOneWord() {
        GuardedParser parser = new GuardedParser(drops);
        byte[] bytes =
                via("Via: SIP/2.0/UDP h\r\nContact: \n\r\nMin-Expires: x").getBytes(StandardCharsets.UTF_8);
        ParseException refused = assertThrows(
                ParseException.class,
                () -> parser.parseSIPMessage("x".getBytes(StandardCharsets.UTF_8), true, false, null));
        assertEquals("malformed", refused.getMessage());
        assertEquals(1L, drops.counts().get(Drop.MALFORMED));
        try {
            parser.parseSIPMessage(bytes, true, false, null);
        } catch (ParseException e) {
            assertEquals("malformed", e.getMessage());
        }
    }

    @FuzzTest
    void fuzzParser(byte[] message) {
        try {
            new GuardedParser(drops).parseSIPMessage(message, true, false, null);
        } catch (ParseException e) {
            assertEquals("malformed", e.getMessage());
        }
    }
}
