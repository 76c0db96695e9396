package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint over its real stack against a carrier that speaks bytes: what stacks are usually too polite to do. */
class RawCarrierTest {
    private RawSip carrier;
    private Party party;
    private final Events out = new Events();
    private final Set<String> heard = new HashSet<>();

    @BeforeEach
    void start() throws Exception {
        carrier = new RawSip(0);
    }

    @AfterEach
    void stop() {
        party.close();
        carrier.close();
    }

    private void gateway(boolean register) throws Exception {
        TrunkSettings trunk = Sample.trunk("carrier", carrier.localPort())
                .but()
                .account("alice", new Secret("secret"))
                .register(register)
                .build();
        party = new Party(Sample.settings(), trunk);
        carrier.aim(party.endpoint.udpPort());
    }

    /** The next one that is no repetition, as they come on a busy machine; but an ACK is its own repetition. */
    private Request next(String method) throws IOException {
        while (true) {
            Optional<String> text = carrier.receive();
            assertTrue(text.isPresent(), "no " + method + " came");
            if (text.get().startsWith(method + " ") && (method.equals("ACK") || heard.add(text.get()))) {
                return parse(text.get());
            }
        }
    }

    private void answer(Response response) throws IOException {
        StringBuilder text = new StringBuilder("SIP/2.0 " + response.status() + " " + response.reason() + "\r\n");
        for (Header header : response.headers().list()) {
            text.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        carrier.send(text + "Content-Length: " + response.body().length() + "\r\n\r\n" + response.body());
    }

    private Response ok(Request invite, String tag) {
        return Response.to(invite, 200, tag)
                .with("Contact", "<sip:far@127.0.0.1:" + carrier.localPort() + ">")
                .withBody("application/sdp", Bench.sdp(40000));
    }

    private static Request parse(String text) {
        String[] halves = text.split("\r\n\r\n", 2);
        String[] lines = halves[0].split("\r\n");
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String[] pair = lines[i].split(":", 2);
            headers.add(new Header(pair[0].strip(), pair[1].strip()));
        }
        String[] first = lines[0].split(" ");
        return new Request(first[0], first[1], new Headers(headers), halves[1]);
    }

    @Test
    void acknowledgesEveryOkAndHangsUpForks() throws Exception {
        gateway(false);
        SipLeg leg = party.call("carrier", Sample.call("100"), Sample.audio(30000), out);
        Request invite = next("INVITE");
        answer(Response.to(invite, 180, "a"));
        answer(ok(invite, "a"));
        Request ack = next("ACK");
        assertEquals("a", ack.toTag());
        String via = ack.headers().first("Via").orElseThrow();
        assertTrue(!via.equals(invite.headers().first("Via").orElseThrow()), "an ACK of its own");
        assertTrue(via.contains(";branch=z9hG4bK"), via); // RFC 3261 section 8.1.1.7
        out.await("answered");
        answer(ok(invite, "a"));
        Request again = next("ACK");
        assertEquals("a", again.toTag());
        assertEquals(via, again.headers().first("Via").orElseThrow(), "the same ACK");
        answer(ok(invite, "b"));
        assertEquals("b", next("ACK").toTag());
        Request fork = next("BYE");
        assertEquals("b", fork.toTag());
        answer(Response.to(fork, 200, ""));
        party.owner.execute(() -> leg.hangUp(16));
        Request bye = next("BYE");
        assertEquals("a", bye.toTag());
        answer(Response.to(bye, 200, ""));
        out.await("ended LOCAL");
        // Its answer may come once more, behind the BYE.
        answer(ok(invite, "a"));
        assertEquals("a", next("ACK").toTag());
    }

    @Test
    void cancelsOnlyAfterTheFirstResponseAndHangsUpACrossingOk() throws Exception {
        gateway(false);
        SipLeg leg = party.call("carrier", Sample.call("100"), Sample.audio(30000), out);
        Request invite = next("INVITE");
        party.owner.execute(() -> leg.hangUp(0));
        answer(Response.to(invite, 100, ""));
        Request cancel = next("CANCEL");
        assertEquals(invite.headers().first("Via"), cancel.headers().first("Via"), "RFC 3261 section 9.1");
        assertEquals(invite.cseq(), cancel.cseq());
        answer(ok(invite, "a"));
        answer(Response.to(cancel, 200, "a"));
        next("ACK");
        Request bye = next("BYE");
        answer(Response.to(bye, 200, ""));
        out.await("ended LOCAL CANCELLED");
        assertEquals(1, out.count("ended"));
    }

    @Test
    void showsItsCredentialsToAProxy() throws Exception {
        gateway(false);
        party.call("carrier", Sample.call("100"), Sample.audio(30000), out);
        Request first = next("INVITE");
        answer(Response.to(first, 407, "p")
                .with(
                        "Proxy-Authenticate",
                        "Digest realm=\"p\", nonce=\"n\", algorithm=SHA-256, qop=\"auth,auth-int\""));
        assertEquals(1, next("ACK").cseq());
        Request second = next("INVITE");
        assertEquals(2, second.cseq());
        String shown = second.headers().first("Proxy-Authorization").orElseThrow();
        assertTrue(shown.contains("SHA-256") && shown.contains("realm=\"p\"") && shown.contains("nc=00000001"), shown);
        answer(Response.to(second, 403, "p").with("Reason", "Q.850;cause=21"));
        assertEquals(2, next("ACK").cseq());
        out.await("ended REMOTE REJECTED 403");
        assertEquals(21, out.end.q850());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-256"})
    void registersOverTheRealStack(String algorithm) throws Exception {
        gateway(true);
        Registrar registrar = new Registrar("alice", "secret", algorithm);
        Trunk trunk = party.endpoint.trunk("carrier");
        trunk.onTime();
        answer(registrar.answer(next("REGISTER")));
        answer(registrar.answer(next("REGISTER")));
        Await.until("it is registered", () -> trunk.state().registration() == TrunkState.Registration.REGISTERED);
        assertTrue(trunk.state().usable());
        assertEquals(1, registrar.accepted);
        trunk.close();
        answer(registrar.answer(next("REGISTER")));
        assertTrue(registrar.contact.isEmpty());
    }

    /** RFC 3261 section 17.2.1. */
    @Test
    void aCallerWhomNobodyAnswersYetHearsThatItsInviteCame() throws Exception {
        gateway(false);
        carrier.send(carrier.request("INVITE", "sip:200@127.0.0.1", "", ""));
        SipLeg leg = party.take(party.nextCall(), out, 30000);
        String trying = carrier.receive().orElseThrow();
        assertTrue(trying.startsWith("SIP/2.0 100 "), trying);
        party.owner.execute(leg::ring);
        assertTrue(carrier.receive().orElseThrow().startsWith("SIP/2.0 180 "));
    }

    @Test
    void aRepeatedInviteIsOneCall() throws Exception {
        gateway(false);
        String invite = carrier.request("INVITE", "sip:200@127.0.0.1", "", "");
        carrier.send(invite);
        carrier.send(invite);
        SipLeg leg = party.take(party.nextCall(), out, 30000);
        party.owner.execute(leg::ring);
        carrier.send(invite);
        party.owner.execute(leg::answer);
        carrier.send(invite);
        assertTrue(party.incoming.isEmpty());
        assertEquals(1, party.endpoint.openLegs());
        // The same call by another way is a loop (RFC 3261 section 8.2.2.2).
        carrier.send(invite.replaceFirst("branch=z9hG4bK", "branch=z9hG4bKother"));
        String answer = "";
        while (!answer.startsWith("SIP/2.0 482")) {
            answer = carrier.receive().orElseThrow();
        }
        assertEquals(1, party.endpoint.openLegs());
    }
}
