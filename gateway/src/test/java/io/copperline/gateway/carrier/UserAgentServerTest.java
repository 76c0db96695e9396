package io.copperline.gateway.carrier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.config.CarrierHabits;
import io.copperline.config.ConfigProblems;
import io.copperline.config.HabitsReader;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered, in simulated time. */
class UserAgentServerTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    private final List<String> sent = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();
    private final SimulatedTime later = new SimulatedTime();
    private int ended;
    private boolean stream;
    private UserAgentServer server = server("vonage");

    private final Reply reply = new Reply() {
        @Override
        public void send(String response) {
            sent.add(response);
        }

        @Override
        public InetSocketAddress peer() {
            return new InetSocketAddress(HERE, 5070);
        }

        @Override
        public boolean stream() {
            return stream;
        }
    };

    private UserAgentServer server(String name) {
        return server(HabitsReader.shipped(name));
    }

    private UserAgentServer server(CarrierHabits habits) {
        Self self = new Self(habits, new InetSocketAddress(HERE, 5060), "ours");
        Credentials credentials = new Credentials("account", new Secret("secret"), "realm", "nonce");
        Complaints complaints = new Complaints(violations::add);
        RtpDoor.Parts audio =
                new RtpDoor.Parts(HERE, habits.reporting(), new SecureRandom(), System::nanoTime, complaints::add);
        Calls.Phones phones = (offer, formats, theirs) -> new EchoPhone(audio, offer, formats, theirs);
        return new UserAgentServer(
                self,
                credentials,
                new Insistence(habits, "account"),
                new Registrar(habits, credentials, later),
                new Calls(self, phones, later, () -> ended++),
                complaints,
                _ -> {});
    }

    @AfterEach
    void hangUp() {
        server.close();
    }

    private void pass(long millis) {
        later.pass(millis);
    }

    /** The status lines of what goes back. */
    private List<String> answers(Requests request) {
        sent.clear();
        server.on(request.bytes(), reply);
        return statuses();
    }

    private List<String> statuses() {
        return sent.stream().map(text -> text.split(" ")[1]).toList();
    }

    private static Requests unsigned(String branch) {
        return Requests.invite()
                .to("sip:12025550100@carrier.test")
                .with("From", "<sip:12025550150@gateway.test>;tag=a")
                .with("Via", "SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK" + branch);
    }

    private static Requests signed(Requests request, String method, String header, String uri) {
        return request.with(
                header,
                "Digest username=\"account\", realm=\"realm\", nonce=\"nonce\", uri=\"" + uri
                        + "\", qop=auth, nc=00000001, cnonce=\"c\", response=\"" + Digests.response(method, uri)
                        + "\"");
    }

    private static Requests invite(String branch) {
        return signed(unsigned(branch), "INVITE", "Proxy-Authorization", "sip:12025550100@carrier.test");
    }

    private static Requests within(String method, int sequence) {
        return Requests.of(method, sequence).with("To", "<sip:12025550100@carrier.test>;tag=ours");
    }

    @Test
    void aCallIsChallengedAnsweredEchoedAndHungUp() {
        assertEquals(List.of("407"), answers(unsigned("1")));
        assertTrue(sent.getFirst().contains("Proxy-Authenticate: Digest realm=\"realm\", nonce=\"nonce\""));
        assertTrue(sent.getFirst().contains(";rport=5070;branch=z9hG4bK1;received=127.0.0.1\r\n"), sent::toString);
        assertEquals(List.of("180", "200"), answers(invite("2")));
        assertTrue(sent.getLast().contains("\r\nm=audio "), sent::toString);
        assertTrue(sent.getLast().contains("a=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n"));
        assertEquals(List.of(), answers(within("ACK", 1)));
        assertEquals(List.of("200"), answers(within("BYE", 2)));
        assertEquals(List.of("200"), answers(within("BYE", 2)), "a copy gets a copy");
        assertEquals(List.of("481"), answers(within("BYE", 3)));
        assertEquals(1, ended);
        assertEquals(List.of(), violations);
    }

    @Test
    void theAnswerIsSentUntilItIsAcknowledged() {
        answers(invite("2"));
        sent.clear();
        pass(3600);
        assertEquals(List.of("200", "200", "200"), statuses(), "after 0.5, 1.5 and 3.5 s");
        answers(within("ACK", 1));
        sent.clear();
        pass(60_000);
        assertEquals(List.of(), sent);
    }

    @Test
    void aMissingAckIsTold() {
        answers(invite("2"));
        pass(60_000);
        assertEquals(
                "INVITE: form: expected an ACK, got none", violations.getFirst().toString());
        assertEquals(List.of("481"), answers(within("BYE", 2)));
    }

    @Test
    void aRefreshGetsTheSameSessionAndHoldTheOtherDirection() {
        answers(invite("2").with("Session-Expires", "1800"));
        assertTrue(sent.getLast().contains("Session-Expires: 1800;refresher=uac\r\n"), sent::toString);
        answers(within("ACK", 1));
        assertEquals(List.of("200"), answers(within("UPDATE", 2).with("Session-Expires", "1800")));
        assertTrue(sent.getLast().contains("Session-Expires: 1800;refresher=uac\r\n"), sent::toString);
        assertEquals(List.of("200"), answers(within("INVITE", 3).body(Requests.OFFER + "a=sendonly\r\n")));
        assertTrue(sent.getLast().endsWith("a=recvonly\r\n"), sent::toString);
        assertEquals(List.of("200"), answers(within("INVITE", 4)));
        assertTrue(sent.getLast().endsWith("a=recvonly\r\n"), "an offer of ours");
        assertEquals(List.of("488"), answers(within("INVITE", 5).body(Requests.OFFER.replace("PCMU", "G726-32"))));
        assertEquals(List.of("500"), answers(within("INFO", 1)));
        assertEquals("a higher CSeq", violations.getFirst().expected());
    }

    @Test
    void requestsOfOtherDialogsAreUnknown() {
        server.close();
        server = server("plivo");
        answers(invite("2"));
        assertEquals(
                List.of("481"), answers(Requests.of("BYE", 2).with("To", "<sip:12025550100@carrier.test>;tag=no")));
        assertEquals(
                List.of("481"),
                answers(Requests.of("BYE", 3).with("To", "<sip:1@h>;tag=ours").with("Call-ID", "x")));
        assertEquals(List.of("482"), answers(invite("3")), "the same call by another way");
        assertEquals(List.of("200"), answers(Requests.of("CANCEL", 1).with("Via", "SIP/2.0/UDP h;branch=z9hG4bK2")));
        assertEquals(List.of("481"), answers(Requests.of("CANCEL", 1).with("Via", "SIP/2.0/UDP h;branch=z9hG4bK9")));
        assertEquals(List.of("603"), answers(within("REFER", 4)), "no transfers");
        assertEquals(List.of(), violations);
    }

    private void reliable(int status) throws IOException, ConfigProblems {
        server.close();
        server = server(HabitsReader.read(
                Files.writeString(directory.resolve("own.yaml"), "reliable: " + status + "\n"), Map.of()));
    }

    private static Requests prack(int sequence, String acknowledged) {
        return within("PRACK", sequence).with("RAck", acknowledged);
    }

    @Test
    void ringingIsSentUntilItIsAcknowledged() throws IOException, ConfigProblems {
        reliable(180);
        assertEquals(List.of("421"), answers(Requests.invite().with("Call-ID", "other")));
        assertTrue(sent.getFirst().contains("\r\nRequire: 100rel\r\n"), sent::toString);
        assertEquals("reliable", violations.getFirst().habit());
        assertEquals(List.of("180"), answers(Requests.invite().with("Supported", "timer,100rel")));
        assertTrue(sent.getFirst().contains("\r\nRequire: 100rel\r\nRSeq: 1\r\n"), sent::toString);
        assertEquals(
                List.of("180"), answers(Requests.invite().with("Supported", "timer,100rel")), "a copy gets a copy");
        pass(3_600);
        assertEquals(List.of("180", "180", "180", "180"), statuses(), "after 0.5, 1.5 and 3.5 s");
        assertEquals(List.of("481"), answers(prack(2, "2 1 INVITE")));
        assertEquals(List.of("200", "200"), answers(prack(3, "1 1  INVITE")));
        assertTrue(sent.getLast().contains("\r\nm=audio "), sent::toString);
        assertEquals(List.of("481"), answers(prack(4, "1 1 INVITE")));
        assertEquals(List.of(), answers(within("ACK", 1)));
        assertEquals(List.of("200"), answers(within("BYE", 5)));
        assertEquals(1, violations.size());
    }

    @Test
    void theAnswerMayBeInTheRinging() throws IOException, ConfigProblems {
        reliable(183);
        assertEquals(List.of("183"), answers(Requests.invite().with("Require", "100rel")));
        assertTrue(sent.getFirst().contains("\r\nm=audio "), sent::toString);
        assertEquals(List.of("200", "200"), answers(prack(2, "1 1 INVITE")));
        assertTrue(sent.getLast().endsWith("Content-Length: 0\r\n\r\n"), sent::toString);
    }

    @Test
    void ringingWithoutPrackEnds() throws IOException, ConfigProblems {
        reliable(180);
        answers(Requests.invite().with("Supported", "100rel"));
        pass(32_000);
        assertEquals("504", statuses().getLast());
        assertEquals(
                "INVITE: reliable: expected a PRACK, got none; refused with 504",
                violations.getFirst().toString());
        assertEquals(List.of("481"), answers(within("BYE", 2)));
    }

    @Test
    void ringingIsCancelled() throws IOException, ConfigProblems {
        reliable(180);
        answers(Requests.invite().with("Supported", "100rel"));
        assertEquals(
                List.of("200", "487"),
                answers(Requests.of("CANCEL", 1).with("Via", "SIP/2.0/UDP h;branch=z9hG4bKINVITE1")));
        sent.clear();
        pass(60_000);
        assertEquals(List.of(), sent);
        answers(Requests.invite()
                .with("Supported", "100rel")
                .with("Call-ID", "two")
                .with("Via", "SIP/2.0/UDP h;branch=z9hG4bKtwo"));
        assertEquals(List.of("200", "487"), answers(within("BYE", 2).with("Call-ID", "two")));
    }

    @Test
    void methodsAreKnownOrRefused() {
        server.close();
        server = server("plivo");
        assertEquals(List.of("405"), answers(Requests.of("INFO", 1)));
        assertTrue(sent.getFirst().contains("Allow: INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, REFER\r\n"));
        assertEquals(List.of("481"), answers(Requests.of("UPDATE", 1)));
        assertEquals(List.of("200"), answers(Requests.of("OPTIONS", 1)));
        assertEquals(
                List.of("methods"), violations.stream().map(Violation::habit).toList());
    }

    @Test
    void callsWantARegistrationForAsLongAsItLasts() {
        server.close();
        server = server("voipms");
        assertEquals(List.of("403"), answers(Requests.invite().with("Call-ID", "early")));
        assertEquals("registration", violations.getFirst().habit());
        Requests register = Requests.of("REGISTER", 1).to("sip:carrier.test").with("Expires", "120");
        assertEquals(List.of("401"), answers(register));
        assertEquals(
                List.of("200"),
                answers(signed(
                        register.with("Via", "SIP/2.0/UDP h;branch=z9hG4bKr2"),
                        "REGISTER",
                        "Authorization",
                        "sip:carrier.test")));
        assertTrue(sent.getFirst().contains("Contact: <sip:gateway@127.0.0.1:5060>;expires=120\r\n"), sent::toString);
        pass(100_000);
        assertEquals(
                List.of("200"),
                answers(signed(
                        register.with("Via", "SIP/2.0/UDP h;branch=z9hG4bKr3"),
                        "REGISTER",
                        "Authorization",
                        "sip:carrier.test")));
        pass(119_000);
        assertEquals(List.of("401"), answers(Requests.invite().with("Call-ID", "in time")));
        pass(2_000);
        assertEquals(List.of("403"), answers(Requests.invite().with("Call-ID", "late")));
    }

    @Test
    void aWrongPasswordIsTold() {
        Requests wrong = unsigned("1")
                .with(
                        "Proxy-Authorization",
                        "Digest username=\"account\", realm=\"realm\", nonce=\"nonce\","
                                + " uri=\"sip:12025550100@carrier.test\", response=\"0\"");
        assertEquals(List.of("403"), answers(wrong));
        assertEquals(
                "INVITE: challenge: expected credentials of account, got a wrong response: another password?; refused with 403",
                violations.getFirst().toString());
    }

    @Test
    void whatIsMalformedIsTold() {
        assertEquals(List.of("400"), answers(Requests.of("OPTIONS", 1).without("Max-Forwards")));
        assertEquals(List.of("400"), answers(Requests.of("OPTIONS", 2).with("CSeq", "2 INVITE")));
        assertEquals(List.of("400"), answers(Requests.of("OPTIONS", 3).with("From", "<sip:a@b>")));
        assertEquals(List.of("400"), answers(Requests.of("OPTIONS", 4).with("Via", "SIP/2.0/UDP h;branch=4")));
        assertEquals(List.of("400"), answers(Requests.of("OPTIONS", 5).with("Content-Length", "7")));
        assertEquals(List.of(), answers(within("ACK", 6).without("Max-Forwards")));
        server.on("BYE sip:a SIP/2.0\r\nVia\r\n\r\n".getBytes(StandardCharsets.UTF_8), reply);
        assertEquals(7, violations.size());
        assertTrue(violations.stream().allMatch(one -> one.habit().equals("form")), violations::toString);
        assertEquals(
                "BYE: form: expected a header, Name: value, got Via",
                violations.getLast().toString());
    }

    @Test
    void onAStreamALengthIsNeeded() {
        stream = true;
        assertEquals(List.of("400"), answers(Requests.of("OPTIONS", 1).with("Content-Length", "")));
        assertEquals("Content-Length 0", violations.getFirst().expected());
    }

    @Test
    void callsAreBounded() {
        for (int i = 0; i < Calls.MOST; i++) {
            answers(invite("b" + i).with("Call-ID", "call " + i));
        }
        assertEquals(List.of("503"), answers(invite("last").with("Call-ID", "last")));
    }
}
