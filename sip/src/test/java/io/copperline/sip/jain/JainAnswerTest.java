package io.copperline.sip.jain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gov.nist.javax.sip.message.SIPRequest;
import io.copperline.sip.wire.Header;
import io.copperline.sip.wire.Headers;
import io.copperline.sip.wire.Request;
import io.copperline.sip.wire.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import javax.sip.SipException;
import org.junit.jupiter.api.Test;

/** What is said to an INVITE, and in which order (RFC 3261 section 17.2.1). */
class JainAnswerTest {
    private static final Request INVITE = new Request(
            "INVITE",
            "sip:100@127.0.0.1",
            new Headers(List.of(
                    new Header("Via", "SIP/2.0/UDP 192.0.2.9:5080;branch=z9hG4bKa"),
                    new Header("From", "<sip:bob@192.0.2.9>;tag=theirs"),
                    new Header("To", "<sip:100@127.0.0.1>"),
                    new Header("Call-ID", "call"),
                    new Header("CSeq", "7 INVITE"),
                    new Header("Max-Forwards", "70"))),
            "");

    private final Queue<Runnable> lane = new ArrayDeque<>();
    private final List<Integer> sent = new ArrayList<>();
    private final JainAnswer answer = new JainAnswer(lane::add, response -> sent.add(response.getStatusCode()));
    private final SIPRequest message;

    JainAnswerTest() throws Exception {
        message = Translation.toJain(INVITE);
    }

    private void runs() {
        while (!lane.isEmpty()) {
            lane.remove().run();
        }
    }

    private void responds(int status) {
        answer.respond(Response.to(INVITE, status, "ours"));
    }

    @Test
    void saysTryingWhereNothingElseWasSaid() {
        answer.trying(message);
        runs();
        responds(180);
        responds(200);
        runs();
        assertEquals(List.of(100, 180, 200), sent);
    }

    @Test
    void saysNoTryingBehindAnAnswerThatWaitsToBeSent() {
        responds(200);
        answer.trying(message);
        runs();
        assertEquals(List.of(200), sent);
    }

    @Test
    void saysNoTryingBehindRinging() {
        responds(180);
        runs();
        answer.trying(message);
        runs();
        assertEquals(List.of(180), sent);
    }

    @Test
    void goesOnAfterWhatCouldNotBeSent() {
        JainAnswer broken = new JainAnswer(Runnable::run, _ -> {
            throw new SipException("no way out");
        });
        broken.trying(message);
        broken.respond(Response.to(INVITE, 200, "ours"));
        assertEquals(List.of(), sent);
    }
}
