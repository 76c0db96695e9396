package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import org.junit.jupiter.api.Test;

class AuthenticatedCallTest {
    private static final String CHALLENGE = "Digest realm=\"example.net\", nonce=\"1\", qop=\"auth\"";
    private final Bench bench = new Bench();

    private void challenge(FakeWire.Sent sent, int status) {
        String name = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
        Response response = sent.response(status, "edge").with(name, CHALLENGE);
        sent.listener.onResponse(response);
    }

    @Test
    void sendsTheInviteAgainWithCredentials() {
        bench.credentials("alice", "secret");
        Leg leg = bench.call();
        FakeWire.Sent first = bench.wire.last();
        assertTrue(first.request.headers().first("From").orElseThrow().contains("<sip:alice@sip.example.net>"));
        assertEquals(
                "\"Alice\" <sip:+12025550150@sip.example.net>",
                first.request.headers().first("P-Asserted-Identity").orElseThrow());
        challenge(first, 407);
        FakeWire.Sent second = bench.wire.last();
        assertEquals(2, second.request.cseq());
        assertTrue(second.request
                .headers()
                .first("Proxy-Authorization")
                .orElseThrow()
                .contains("username=\"alice\""));
        assertEquals(leg.sipCallId(), second.request.callId());
        first.answer(180, "ghost");
        assertEquals(0, bench.events.count("ringing"), "the first round is history");
        second.answer(200, "far", Bench.sdp(40000));
        assertEquals(2, bench.wire.acks.getFirst().cseq());

        leg.hangUp(0);
        challenge(bench.wire.last(), 407);
        Request bye = bench.wire.last().request;
        assertEquals("BYE", bye.method());
        assertTrue(bye.headers().first("Proxy-Authorization").isPresent());
        assertEquals(4, bye.cseq());
    }

    @Test
    void endsWhenTheCredentialsAreRefused() {
        bench.credentials("alice", "wrong");
        bench.call();
        challenge(bench.wire.last(), 401);
        challenge(bench.wire.last(), 401);
        assertEquals(2, bench.wire.count("INVITE"));
        assertEquals(SipEnd.Kind.AUTHENTICATION, bench.events.end.kind());
        assertEquals(1, bench.events.count("ended"));
    }

    @Test
    void endsWhenThereAreNoCredentials() {
        bench.call();
        challenge(bench.wire.last(), 401);
        assertEquals(SipEnd.Kind.AUTHENTICATION, bench.events.end.kind());
    }
}
