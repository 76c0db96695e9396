package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The messages of RFC 4475, each with the outcome that the RFC asks for; and whatever comes, the stack goes on answering. */
class Rfc4475TortureTest {
    private static Party party;
    private static RawSip raw;

    @BeforeAll
    static void start() throws Exception {
        party = new Party(Sample.settings(), Sample.trunk("rack", 5060));
        raw = new RawSip(party.endpoint.udpPort());
    }

    @AfterAll
    static void stop() {
        raw.close();
        party.close();
    }

    static List<TortureSet.Message> messages() throws IOException {
        return TortureSet.of("rfc4475");
    }

    @Test
    void theWholeSetIsThere() throws IOException {
        assertEquals(49, messages().size());
        assertEquals(49, TortureSet.files("rfc4475"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void hasItsOutcome(TortureSet.Message message) throws Exception {
        assertEquals(message.outcome(), TortureSet.outcome(message));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void survivesOnTcp(TortureSet.Message message) throws IOException {
        RawSip.throwAt(party.endpoint.tcpPort(), message.bytes());
        refuseCalls();
        assertTrue(RawSip.livesOnTcp(party.endpoint.tcpPort()), message.toString());
    }

    /** Cuts a message everywhere. */
    @Test
    void survivesEveryPrefixOfATortuousInvite() throws IOException {
        byte[] whole = Files.readAllBytes(Path.of("src/test/resources/rfc4475/wsinv.dat"));
        for (int length = 0; length < whole.length; length++) {
            raw.send(java.util.Arrays.copyOf(whole, length));
        }
        refuseCalls();
        assertTrue(raw.lives());
    }

    @Test
    void refusesWhatTheStackWouldTake() throws IOException {
        assertEquals(400, raw.status(raw.request("OPTIONS", "sip:127.0.0.1", "CSeq: 2 OPTIONS\r\n", "")));
        assertEquals(400, raw.status(raw.request("OPTIONS", "sip:127.0.0.1", "l: 0\r\n", "")));
        assertEquals(
                505,
                raw.status(
                        raw.request("OPTIONS", "sip:127.0.0.1", "", "").replaceFirst(" SIP/2.0\r\n", " SIP/7.0\r\n")));
        assertEquals(420, raw.status(raw.request("INVITE", "sip:1@127.0.0.1", "Require: 100rel, teleport\r\n", "")));
        assertEquals(
                415, raw.status(raw.request("INVITE", "sip:1@127.0.0.1", "Content-Type: text/plain\r\n", "hello")));
        assertEquals(
                483,
                raw.status(raw.request("INVITE", "sip:1@127.0.0.1", "", "")
                        .replace("Max-Forwards: 70", "Max-Forwards: 0")));
        assertEquals(416, raw.status(raw.request("INVITE", "soap.beep://127.0.0.1", "", "")));
        assertEquals(405, raw.status(raw.request("SUBSCRIBE", "sip:1@127.0.0.1", "", "")));
        assertEquals(501, raw.status(raw.request("FROBNICATE", "sip:1@127.0.0.1", "", "")));
        assertEquals(
                481,
                raw.status(raw.request("BYE", "sip:1@127.0.0.1", "", "")
                        .replace("To: <sip:1@127.0.0.1>", "To: <sip:1@127.0.0.1>;tag=none")));
        assertEquals(481, raw.status(raw.request("CANCEL", "sip:1@127.0.0.1", "", "")));
        assertTrue(raw.lives());
    }

    @Test
    void a400TellsNothingOfUs() throws IOException {
        String answer = raw.answer(raw.request("OPTIONS", "sip:127.0.0.1", "CSeq: 2 OPTIONS\r\n", ""))
                .orElseThrow();
        assertTrue(answer.startsWith("SIP/2.0 400 Bad Request\r\n"), answer);
        assertTrue(answer.endsWith("Content-Length: 0\r\n\r\n"), answer);
        assertTrue(!answer.contains("Exception") && !answer.contains("nist") && !answer.contains("[C@"), answer);
    }

    private static void refuseCalls() {
        for (IncomingCall call = party.incoming.poll(); call != null; call = party.incoming.poll()) {
            call.refuse(486, 0);
        }
    }
}
