package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import io.copperline.config.ConfigProblems;
import io.copperline.config.HabitsReader;
import io.copperline.gateway.carrier.CallOutcome.Ending;
import io.copperline.gateway.carrier.WireReader.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The carrier's own calls, in simulated time. */
class DialerTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress GATEWAY = new InetSocketAddress(HERE, 5070);
    private static final CallOrder ORDER =
            new CallOrder("+12025550150", "+14045550100", false, "Alice", Optional.empty(), "", 5_000, 20_000);
    private static final String ANSWER = """
            v=0
            o=- 1 1 IN IP4 127.0.0.1
            s=-
            c=IN IP4 127.0.0.1
            t=0 0
            m=audio 9 RTP/AVP 0 101
            a=rtpmap:101 telephone-event/8000
            """.replace("\n", "\r\n");

    @TempDir
    Path directory;

    private final List<String> sent = new ArrayList<>();
    private final List<CallOutcome> outcomes = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final SimulatedTime later = new SimulatedTime();
    private boolean stream;
    private UserAgentServer server;
    private Dialer dialer;
    private Self self;

    private final Reply way = new Reply() {
        @Override
        public void send(String message) {
            sent.add(message);
        }

        @Override
        public InetSocketAddress peer() {
            return GATEWAY;
        }

        @Override
        public boolean stream() {
            return stream;
        }
    };

    private void carrier(String yaml) {
        CarrierHabits habits;
        try {
            habits = HabitsReader.read(Files.writeString(directory.resolve("own.yaml"), yaml), Map.of());
        } catch (IOException | ConfigProblems e) {
            throw new AssertionError(e);
        }
        self = new Self(habits, new InetSocketAddress(HERE, 5060), "ours");
        Credentials credentials = new Credentials("account", new Secret("secret"), "realm", "nonce");
        Registrar registrar = new Registrar(habits, credentials, later);
        Complaints complaints = new Complaints(violations::add);
        RtpDoor.Parts audio =
                new RtpDoor.Parts(HERE, habits.reporting(), new SecureRandom(), System::nanoTime, complaints::add);
        Calls calls = new Calls(
                self,
                (_, _, _) -> {
                    throw new AssertionError("nobody calls");
                },
                later,
                () -> {});
        dialer = new Dialer(
                new PlacedCall.Parts(
                        self, calls, later, later::nanos, new DigestAnswer("account", new Secret("secret"), "c")),
                registrar,
                encrypted -> new TonePhone(new RtpDoor(audio, encrypted), System::nanoTime, 7),
                () -> "id");
        server = new UserAgentServer(
                self,
                credentials,
                new Insistence(habits, "account"),
                registrar,
                calls,
                complaints,
                response -> dialer.on(response));
    }

    @AfterEach
    void close() {
        dialer.close();
        server.close();
    }

    private void call(String yaml, CallOrder order) {
        carrier(yaml);
        dialer.call(order, self.addressOf("account", GATEWAY), _ -> way, outcomes::add);
    }

    /** The first line of each message, without what is the same in all. */
    private List<String> lines() {
        return sent.stream()
                .map(text -> text.lines().findFirst().orElseThrow().replace(" SIP/2.0", ""))
                .toList();
    }

    private WireMessage last() {
        return ((Reading.Request) WireReader.read(sent.getLast().getBytes(StandardCharsets.UTF_8))).message();
    }

    /** Answers a request. */
    private void respond(WireMessage request, int status, List<String> more, String sdp) {
        String text = Responses.to(request, GATEWAY, status, "theirs", more, sdp);
        server.on(text.getBytes(StandardCharsets.UTF_8), way);
    }

    private WireMessage answered(String yaml, CallOrder order) {
        call(yaml, order);
        WireMessage invite = last();
        later.pass(300);
        respond(invite, 180, List.of(), "");
        later.pass(900);
        respond(invite, 200, List.of("Contact: <sip:gateway@127.0.0.1:5070>", "Record-Route: <sip:p;lr>"), ANSWER);
        return invite;
    }

    @Test
    void aCallIsAnsweredAcknowledgedAndHungUp() {
        WireMessage invite = answered("", ORDER);
        assertEquals("sip:+12025550150@127.0.0.1:5070", invite.uri());
        assertEquals("\"Alice\" <sip:+14045550100@127.0.0.1>;tag=ours", invite.first("from"));
        assertEquals("<sip:+12025550150@127.0.0.1>", invite.first("to"));
        assertEquals(List.of(), Form.check(invite, true));
        assertTrue(invite.body().contains(" RTP/AVP 0 8 101\r\n"), invite.body());
        assertEquals(List.of("INVITE " + invite.uri(), "ACK sip:gateway@127.0.0.1:5070"), lines());
        assertEquals("<sip:p;lr>", last().first("route"));
        assertFalse(last().first("via").equals(invite.first("via")), "RFC 3261 section 13.2.2.4");
        respond(invite, 200, List.of(), ANSWER);
        assertEquals("ACK", last().method(), "each copy is acknowledged");
        later.pass(5_000);
        assertEquals("BYE", last().method());
        assertEquals("<sip:+12025550150@127.0.0.1>;tag=theirs", last().first("to"));
        respond(last(), 200, List.of(), "");
        assertEquals(Ending.HUNG_UP, outcomes.getFirst().ending());
        assertEquals(200, outcomes.getFirst().status());
        assertEquals(1_200, outcomes.getFirst().answerMillis());
    }

    @Test
    void anInviteIsRepeatedUntilItIsAnsweredForHalfAMinute() {
        call("", ORDER);
        later.pass(1_600);
        assertEquals(3, sent.size(), "at once, after 0.5 and 1.5 s");
        later.pass(40_000);
        assertEquals(7, sent.size());
        assertEquals(Ending.FAILED, outcomes.getFirst().ending());
        assertEquals("nothing answers INVITE", outcomes.getFirst().why());
    }

    @Test
    void overAConnectionNothingIsRepeated() {
        stream = true;
        call("", ORDER);
        later.pass(31_000);
        assertEquals(1, sent.size());
    }

    @Test
    void aCallThatNobodyAnswersIsCancelled() {
        call("", ORDER);
        WireMessage invite = last();
        respond(invite, 180, List.of(), "");
        later.pass(20_000);
        WireMessage cancel = last();
        assertEquals("CANCEL", cancel.method());
        assertEquals(invite.transaction("x"), cancel.transaction("x"));
        assertEquals(invite.first("to"), cancel.first("to"));
        respond(cancel, 200, List.of(), "");
        respond(invite, 487, List.of(), "");
        assertEquals("ACK", last().method());
        assertEquals(invite.first("via"), last().first("via"), "RFC 3261 section 17.1.1.3");
        assertEquals(Ending.CANCELLED, outcomes.getFirst().ending());
        assertEquals(487, outcomes.getFirst().status());
    }

    @Test
    void anAnswerThatCrossesTheCancelIsHungUp() {
        call("", ORDER);
        WireMessage invite = last();
        respond(invite, 180, List.of(), "");
        later.pass(20_000);
        respond(invite, 200, List.of("Contact: <sip:g@h>"), ANSWER);
        assertEquals("BYE", last().method());
        respond(last(), 200, List.of(), "");
        assertEquals("answered while it was cancelled", outcomes.getFirst().why());
    }

    @Test
    void withoutAProvisionalResponseTheCancelWaits() {
        call("", ORDER);
        WireMessage invite = last();
        later.pass(21_000);
        assertEquals("INVITE", last().method());
        respond(invite, 100, List.of(), "");
        assertEquals("CANCEL", last().method());
    }

    @Test
    void aRefusalIsAcknowledgedAndTold() {
        call("", ORDER);
        WireMessage invite = last();
        respond(invite, 486, List.of(), "");
        respond(invite, 486, List.of(), "");
        assertEquals(List.of("INVITE " + invite.uri(), "ACK " + invite.uri(), "ACK " + invite.uri()), lines());
        assertEquals(List.of(486), outcomes.stream().map(CallOutcome::status).toList());
        assertEquals(Ending.REFUSED, outcomes.getFirst().ending());
    }

    @Test
    void aChallengeIsAnsweredOnce() {
        call("", ORDER);
        WireMessage first = last();
        String challenge = "Digest realm=\"realm\", nonce=\"nonce\", qop=\"auth,auth-int\"";
        respond(first, 407, List.of("Proxy-Authenticate: " + challenge), "");
        WireMessage second = last();
        assertEquals(
                "ACK",
                ((Reading.Request) WireReader.read(sent.get(1).getBytes(StandardCharsets.UTF_8)))
                        .message()
                        .method());
        assertEquals(2, second.sequence());
        assertTrue(second.first("proxy-authorization")
                .contains("response=\"" + Digests.response("INVITE", second.uri()) + "\""));
        respond(second, 407, List.of("Proxy-Authenticate: " + challenge), "");
        assertEquals(407, outcomes.getFirst().status());
        assertTrue(outcomes.getFirst().why().startsWith("the credentials are not taken"));
    }

    @Test
    void aReliableProvisionalResponseIsAcknowledgedOnce() {
        call("", ORDER);
        WireMessage invite = last();
        assertEquals("100rel", invite.first("supported"));
        List<String> reliable = List.of("Require: 100rel", "RSeq: 17", "Contact: <sip:g@h>");
        respond(invite, 183, reliable, ANSWER);
        respond(invite, 183, reliable, ANSWER);
        assertEquals(List.of("INVITE " + invite.uri(), "PRACK sip:g@h"), lines());
        assertEquals("17 1 INVITE", last().first("rack"));
        respond(last(), 200, List.of(), "");
        respond(invite, 200, List.of("Contact: <sip:g@h>"), "");
        later.pass(5_000);
        assertEquals("BYE", last().method(), "the answer was in the 183");
        respond(last(), 200, List.of(), "");
        assertEquals("", outcomes.getFirst().why());
    }

    @Test
    void theOtherSideHangsUpAndItsKeysByInfoAreHeard() {
        answered("", ORDER);
        Requests info = Requests.of("INFO", 1)
                .with("To", "<sip:+14045550100@127.0.0.1>;tag=ours")
                .with("Call-ID", "id")
                .body("Signal= 5\r\nDuration=160\r\n");
        server.on(info.bytes(), way);
        server.on(
                Requests.of("BYE", 2)
                        .with("To", "<sip:+14045550100@127.0.0.1>;tag=ours")
                        .with("Call-ID", "id")
                        .bytes(),
                way);
        assertEquals("SIP/2.0 200 OK", lines().getLast().strip());
        assertEquals("5", outcomes.getFirst().heard().digits());
        assertEquals(Ending.OTHER_HUNG_UP, outcomes.getFirst().ending());
        assertEquals(List.of(), violations);
    }

    @Test
    void callsAreWrittenByTheHabits() {
        call("""
                calls-numbers: national
                calls-country: '49'
                calls-trunk-prefix: '0'
                calls-dialled: to
                calls-from: account
                calls-identity: [p-asserted-identity, remote-party-id]
                calls-diversion: history-info
                """, new CallOrder("+49301234567", "+12025550150", true, "", Optional.of("+4989555"), "", 1, 1));
        WireMessage invite = last();
        assertEquals("sip:account@127.0.0.1:5070", invite.uri());
        assertEquals("<sip:0301234567@127.0.0.1>", invite.first("to"));
        assertEquals("<sip:account@127.0.0.1>;tag=ours", invite.first("from"));
        assertEquals("<sip:12025550150@127.0.0.1>", invite.first("p-asserted-identity"));
        assertEquals("<sip:12025550150@127.0.0.1>", invite.first("remote-party-id"));
        assertEquals("id", invite.first("privacy"));
        assertTrue(invite.first("history-info").startsWith("<sip:089555@127.0.0.1>;index=1, "));
    }

    @Test
    void aCallerWhoHidesIsNotInFrom() {
        call(
                "calls-identity: [p-asserted-identity]",
                new CallOrder("+12025550150", "+14045550100", true, "", Optional.of("+12025550177"), "", 1, 1));
        assertEquals("\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=ours", last().first("from"));
        assertEquals("<sip:+14045550100@127.0.0.1>", last().first("p-asserted-identity"));
        assertTrue(last().first("diversion").startsWith("<sip:+12025550177@127.0.0.1>;reason="));
    }

    @Test
    void digitsGoByInfoWhereTheHabitsSaySo() {
        answered("calls-digits: info", new CallOrder("1", "2", false, "", Optional.empty(), "5#", 5_000, 20_000));
        later.pass(1_000);
        assertEquals("Signal=5\r\nDuration=100\r\n", last().body());
        respond(last(), 200, List.of(), "");
        later.pass(200);
        assertEquals("Signal=#\r\nDuration=100\r\n", last().body());
        respond(last(), 415, List.of(), "");
        later.pass(5_000);
        respond(last(), 200, List.of(), "");
        assertEquals("INFO is refused with 415", outcomes.getFirst().why());
    }

    @Test
    void encryptedAudioIsOfferedWithAKeyAndNothingElseTaken() {
        call("media: encrypted", ORDER);
        WireMessage invite = last();
        assertTrue(invite.body().contains(" RTP/SAVP 0 8 101\r\n"), invite.body());
        assertTrue(invite.body().contains("\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:"), invite.body());
        respond(invite, 200, List.of("Contact: <sip:g@h>"), ANSWER);
        assertEquals("BYE", last().method());
    }

    @Test
    void reportsShareThePortOfAudioWhereTheHabitsSaySo() {
        call("rtcp: mux", ORDER);
        assertTrue(last().body().contains("\r\na=rtcp-mux\r\n"), last().body());
    }

    @Test
    void theRegisteredContactIsCalledOnceThereIsOne() {
        carrier("challenge: 0");
        dialer.callRegistered(ORDER, outcomes::add);
        assertEquals(List.of(), sent);
        Requests register = Requests.of("REGISTER", 1).to("sip:carrier.test");
        register.with(
                "Authorization",
                "Digest username=\"account\", realm=\"realm\", nonce=\"nonce\", uri=\"sip:carrier.test\", qop=auth,"
                        + " nc=00000001, cnonce=\"c\", response=\"" + Digests.response("REGISTER", "sip:carrier.test")
                        + "\"");
        server.on(register.bytes(), way);
        assertEquals("INVITE sip:+12025550150@127.0.0.1:5060", lines().getLast());
    }

    @Test
    void whereNobodyRegistersNobodyIsCalled() {
        carrier("");
        dialer.callRegistered(ORDER, outcomes::add);
        later.pass(60_000);
        assertEquals("nobody has registered", outcomes.getFirst().why());
        assertEquals(
                List.of("status 200 expected, got none"),
                new Expectation(200, true, Optional.empty(), false).missing(outcomes.getFirst()));
    }
}
