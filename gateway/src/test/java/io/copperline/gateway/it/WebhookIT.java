package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.copperline.gateway.FreePorts;
import io.copperline.gateway.Gateway;
import io.copperline.sip.DialogSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Calls in of which a web service says where they go, or does not. */
class WebhookIT {
    private static final Path DIRECTORY = Stage.emptyDirectory(WebhookIT.class);
    private static final String RECORDS = "jdbc:h2:mem:webhooks;DB_CLOSE_DELAY=-1";
    private static final String SECRET = "webhook-secret-of-the-tests-0123456789";
    private static final String NUMBER = "+12025550160";
    /** The same with less patience. */
    private static final String SOON_GIVEN_UP = "+12025550161";

    private static final int CARRIER = FreePorts.one();
    private static final int SIP = FreePorts.one();
    private static final int FAR = FreePorts.one();
    private static final BlockingQueue<JsonNode> QUESTIONS = new LinkedBlockingQueue<>();
    private static volatile String answer = "";
    private static Gateway gateway;
    private static HttpServer service;
    private static FarEnd far;

    @BeforeAll
    static void start() throws Exception {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        service.createContext("/calls", WebhookIT::serve);
        service.start();
        String rest = """
                trunks:
                  far: {server: "127.0.0.1:%d", options-interval: 0}
                  sipp: {server: "127.0.0.1:%d", options-interval: 0}
                routes:
                  outbound: [{prefix: "+1303555", trunks: [far]}]
                  inbound:
                    - number: +12025550160
                      refuse: not-found
                      webhook: "http://127.0.0.1:@service@/calls"
                      webhook-secret: @secret@
                      webhook-timeout: 10s
                    - number: +12025550161
                      refuse: not-found
                      webhook: "http://127.0.0.1:@service@/calls"
                      webhook-secret: @secret@
                      webhook-timeout: 2s
                """.formatted(FAR, CARRIER)
                .replace("@service@", "" + service.getAddress().getPort())
                .replace("@secret@", SECRET);
        far = new FarEnd(FAR, SIP, DialogSettings.USUAL);
        gateway = GatewayHere.start(DIRECTORY, SIP, RECORDS, rest);
    }

    /** Keeps the question where it is genuine, and gives the test's answer; an empty one never comes. */
    private static void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!isGenuine(exchange.getRequestHeaders().getFirst("Copperline-Signature"), body)) {
            exchange.sendResponseHeaders(403, -1);
            return;
        }
        QUESTIONS.add(new ObjectMapper().readTree(body));
        if (!answer.isEmpty()) {
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }

    private static boolean isGenuine(String signature, byte[] body) {
        try {
            String seconds = signature.replaceAll("^t=([0-9]+),v1=.*", "$1");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
            return signature.equals("t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode question() throws InterruptedException {
        JsonNode question = QUESTIONS.poll(20, TimeUnit.SECONDS);
        assertTrue(question != null, "the service is asked");
        return question;
    }

    @AfterEach
    void endCalls() {
        far.endCalls();
        QUESTIONS.clear();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        far.close();
        service.stop(0);
    }

    @Test
    void aUsersPhoneRingsWhereTheServiceSaysSo() throws Exception {
        answer = "{\"ring\": [\"bob\"]}";
        try (PhoneSocket bob = new PhoneSocket(gateway.httpPort(), Tokens.bob());
                Sipp sipp = Sipp.calls(DIRECTORY, Carrier.at(CARRIER), SIP, NUMBER, "is-declined")) {
            JsonNode incoming = bob.await("incoming");
            JsonNode question = question();
            assertEquals("+14045550100", question.get("from").asText());
            assertEquals(NUMBER, question.get("to").asText());
            assertEquals("Sipp", question.get("name").asText());
            assertEquals(question.get("call"), incoming.get("call"));
            bob.decline(incoming);
            sipp.succeeds();
        }
    }

    @Test
    void theCallerIsToldWhatTheServiceSays() {
        answer = "{\"refuse\": \"busy\"}";
        try (Sipp sipp = Sipp.calls(DIRECTORY, Carrier.at(CARRIER), SIP, NUMBER, "is-told-busy")) {
            sipp.succeeds();
        }
    }

    @Test
    void theCallGoesOnToTheNumberThatTheServiceNames() {
        answer = "{\"forward\": \"+13035550177\"}";
        FarCall caller = far.call(NUMBER);
        FarCall called = far.nextCall();
        called.answer();
        caller.await("answered");
        caller.hangUp();
        called.await("ended REMOTE HANGUP");
    }

    @Test
    void theRuleCountsWhereTheServiceSaysNothing() throws Exception {
        answer = "";
        FarCall caller = far.call(SOON_GIVEN_UP);
        var _ = question();
        caller.await("ended REMOTE REJECTED 404");
    }

    @Test
    void whoGivesUpMeanwhileIsGone() throws Exception {
        answer = "";
        FarCall caller = far.call(NUMBER);
        var _ = question();
        caller.hangUp();
        caller.await("ended LOCAL CANCELLED");
    }
}
