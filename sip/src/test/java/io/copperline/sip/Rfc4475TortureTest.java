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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static String options(String header, String instead) {
        return raw.request("OPTIONS", "sip:127.0.0.1", "", "")
                .replaceFirst("(?m)^" + header + ":[^\r]*\r\n", instead + "\r\n");
    }

    /** What the guard refuses, what the stack's parser cannot read, and what the stack itself would answer. */
    static List<Arguments> refusals() {
        String refused = "400 Bad Request";
        return List.of(
                Arguments.of("CSeq", "CSeq: 1 OPTIONS\r\nCSeq: 2 OPTIONS", refused),
                Arguments.of("CSeq", "CSeq: one OPTIONS", refused),
                Arguments.of("CSeq", "CSeq: 2147483648 OPTIONS", refused),
                Arguments.of("CSeq", "CSeq: 1 INFO", refused),
                Arguments.of("CSeq", "CSeq: 1\r\n INFO", refused),
                Arguments.of("From", "From: <<>>;tag=1", refused),
                Arguments.of("To", "To: \"a <sip:b@c>", refused),
                Arguments.of("OPTIONS sip", "OPTIONS sip: SIP/2.0", refused),
                Arguments.of("Contact", "RAck: x", refused),
                Arguments.of("Max-Forwards", "Max-Forwards: many", "400 Bad request"),
                Arguments.of("Call-ID", "Call-ID: ", "400 Bad request"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalTellsNothingOfUsAndIsCounted(String header, String instead, String status) throws IOException {
        long counted = malformed();
        assertRefused(status, options(header, instead));
        assertEquals(counted + 1, malformed());
    }

    @Test
    void anotherVersionsRefusalTellsNothingOfUsAndIsCounted() throws IOException {
        long counted = malformed();
        String request = raw.request("OPTIONS", "sip:127.0.0.1", "", "");
        assertRefused("505 Version Not Supported", request.replaceFirst(" SIP/2.0\r", " SIP/7.0\r"));
        assertEquals(counted + 1, malformed());
        assertEquals(200, raw.status(request.replaceFirst(" SIP/2.0\r", " sip/2.0\r")), "RFC 3261 section 7.1");
    }

    private static void assertRefused(String status, String request) throws IOException {
        String answer = raw.answer(request).orElseThrow();
        assertTrue(answer.startsWith("SIP/2.0 " + status + "\r\n"), answer);
        assertTrue(answer.indexOf("\r\n\r\n") == answer.length() - 4, "a head and nothing else: " + answer);
        assertTrue(answer.contains("\r\nContent-Length: 0\r\n"), answer);
        assertTrue(answer.lines().anyMatch(line -> line.startsWith("To:") && line.contains(";tag=")), answer);
        assertTrue(answer.length() <= request.length() + 128, "no amplifier: " + answer);
        for (String word : List.of("Exception", "nist", "[C@", "malformed", "badreq", "Server:", "SIP/7")) {
            assertTrue(!answer.contains(word), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"badvers", "mismatch01", "mismatch02"})
    void countsWhatTheStackRefusesOverConnections(String name) throws IOException {
        long counted = malformed();
        Path file = Path.of("src/test/resources/rfc4475", name + ".dat");
        RawSip.throwAt(party.endpoint.tcpPort(), Files.readAllBytes(file));
        Await.until("it is counted", () -> malformed() == counted + 1);
    }

    private static long malformed() {
        return party.endpoint.drops().get(Drop.MALFORMED);
    }

    private static void refuseCalls() {
        for (IncomingCall call = party.incoming.poll(); call != null; call = party.incoming.poll()) {
            call.refuse(486, 0);
        }
    }
}
