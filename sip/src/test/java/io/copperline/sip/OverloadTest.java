package io.copperline.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverloadTest {
    private final BlockingQueue<IncomingCall> incoming = new LinkedBlockingQueue<>();
    private final Events events = new Events();
    private volatile Readiness readiness = Readiness.OPEN;
    private SipEndpoint endpoint;
    private RawSip raw;

    private final IncomingCalls calls = new IncomingCalls() {
        @Override
        public void incoming(IncomingCall call) {
            incoming.add(call);
        }

        @Override
        public Readiness readiness() {
            return readiness;
        }
    };

    @BeforeEach
    void start() throws Exception {
        endpoint = SipEndpoint.start(
                Sample.settings(),
                List.of(Sample.trunk("carrier", 5060)),
                calls,
                InstantSource.system(),
                new SecureRandom());
        raw = new RawSip(endpoint.udpPort());
    }

    @AfterEach
    void stop() {
        raw.close();
        endpoint.close();
    }

    private String answer(String method) throws IOException {
        return raw.answer(raw.request(method, "sip:1@127.0.0.1", "", "")).orElse("");
    }

    @Test
    void newCallsAreRefusedWhileThoseThereAreLive() throws Exception {
        raw.send(raw.request("INVITE", "sip:1@127.0.0.1", "", ""));
        IncomingCall call = incoming.take();
        readiness = Readiness.BUSY;
        String refused = answer("INVITE");
        assertTrue(refused.startsWith("SIP/2.0 503"), refused);
        assertTrue(refused.contains("Retry-After: 5\r\n"), refused);
        assertTrue(incoming.isEmpty());
        assertEquals(1L, endpoint.drops().get(Drop.OVERLOAD));
        assertTrue(answer("OPTIONS").startsWith("SIP/2.0 200"), "it is up, only busy");
        SipLeg leg = call.take(Runnable::run, events);
        leg.audio(Sample.audio(40_000));
        leg.ring();
        assertEquals("180", status());
    }

    private String status() throws IOException {
        String answer = raw.receive().orElse("none none");
        return answer.startsWith("SIP/2.0 503") || answer.startsWith("SIP/2.0 100") ? status() : answer.split(" ")[1];
    }

    @Test
    void whoIsGoingTellsCarriersSo() throws Exception {
        readiness = Readiness.CLOSING;
        for (String method : List.of("INVITE", "OPTIONS")) {
            String refused = answer(method);
            assertTrue(refused.startsWith("SIP/2.0 503"), refused);
            assertTrue(refused.contains("Retry-After: 30\r\n"), refused);
        }
        assertTrue(incoming.isEmpty());
    }
}
