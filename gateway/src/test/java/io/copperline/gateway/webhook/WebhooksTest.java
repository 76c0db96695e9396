package io.copperline.gateway.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.copperline.codecs.Secret;
import io.copperline.config.RingPlan;
import io.copperline.config.Treatment;
import io.copperline.config.Treatment.Refusal;
import io.copperline.config.Webhook;
import io.copperline.sip.Diversion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Questions to a real web server. */
@Timeout(30)
class WebhooksTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Question QUESTION = new Question(
            "c1",
            "carrier",
            "+12025550199",
            "+12025550150",
            Optional.of("J\u00f6rg"),
            "TN-Validation-Passed-A",
            Optional.of(new Diversion("+12025550177", Diversion.Reason.NO_ANSWER, false)),
            Map.of("X-Customer", "42"));

    /** What the server was asked. */
    private record Asked(String method, String signature, String type, String body) {}

    private interface Service {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Webhooks webhooks = new Webhooks(() -> NOW, () -> 0L, 2);
    private HttpServer server;
    private volatile Service service = exchange -> answer(exchange, 200, "{\"refuse\": \"busy\"}");

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("Copperline-Signature"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            service.handle(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        webhooks.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Webhook hook(Duration patience) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/calls?key=1");
        return new Webhook(url, new Secret(SECRET), patience);
    }

    private CompletableFuture<Answer> ask(Duration patience) {
        return webhooks.ask(hook(patience), QUESTION, RingPlan.of("usual"));
    }

    private Answer ask() {
        return ask(Duration.ofSeconds(20)).join();
    }

    private Outcome open() {
        return ((Answer.Open) ask()).outcome();
    }

    @Test
    void asksByAPostThatTellsTheCall() throws Exception {
        assertEquals(new Answer.Says(new Treatment.Refuse(Refusal.BUSY)), ask());
        Asked question = asked.take();
        assertEquals("POST", question.method());
        assertEquals("application/json", question.type());
        JsonNode json = new ObjectMapper().readTree(question.body());
        assertEquals(new ObjectMapper().readTree("""
                {"event": "incoming", "call": "c1", "at": "2026-11-27T10:00:00Z", "trunk": "carrier",
                 "from": "+12025550199", "withheld": false, "to": "+12025550150", "name": "J\u00f6rg",
                 "diversion": {"number": "+12025550177", "reason": "no-answer", "withheld": false},
                 "verstat": "TN-Validation-Passed-A", "headers": {"X-Customer": "42"}}
                """), json);
        awaitCount(1, Outcome.ANSWERED);
    }

    @Test
    void signsTimeAndBody() throws Exception {
        ask();
        Asked question = asked.take();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = NOW.getEpochSecond() + "." + question.body();
        String sum = HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        assertEquals("t=" + NOW.getEpochSecond() + ",v1=" + sum, question.signature());
    }

    // By openssl: printf '1.{}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    @Test
    void signsAsOthersDo() {
        assertEquals(
                "t=1,v1=1642a706b2e4d9fa8663449a8826d942c133b097231992683d5a44c2afc57499",
                Signature.of(new Secret(SECRET), 1, "{}"));
    }

    @Test
    void leavesItToTheRuleWhereTheServiceDoes() {
        service = exchange -> answer(exchange, 204, "");
        assertEquals(Outcome.OPEN, open());
    }

    @Test
    void believesNoFailure() throws Exception {
        for (int status : List.of(400, 404, 500, 503)) {
            service = exchange -> answer(exchange, status, "{\"ring\": [\"mallory\"]}");
            assertEquals(new Answer.Open(Outcome.STATUS, "it answers " + status), ask());
        }
        awaitCount(4, Outcome.STATUS);
    }

    @Test
    void followsNoRedirection() {
        service = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 307, "");
        };
        assertEquals(new Answer.Open(Outcome.STATUS, "it answers 307"), ask());
        assertEquals(1, asked.size());
    }

    @Test
    void readsNoMoreThanItMust() {
        service = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(4096).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 100_000; i++) {
                exchange.getResponseBody().write(blanks); // Fails when the other side has had enough.
            }
        };
        assertEquals(Outcome.TOO_LARGE, open());
    }

    @Test
    void makesNothingOfWhatMakesNoSense() {
        service = exchange -> answer(exchange, 200, "<html>");
        assertEquals(new Answer.Open(Outcome.MALFORMED, "its answer is not JSON that can be read"), ask());
    }

    @Test
    void waitsNoLongerThanItsPatience() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        service = exchange -> hang(over);
        Answer answer = ask(Duration.ofMillis(300)).join();
        assertEquals(new Answer.Open(Outcome.TIMEOUT, "no answer in 300 ms"), answer);
        over.countDown();
    }

    @Test
    void waitsNoLongerForABodyThatDrips() {
        CountDownLatch over = new CountDownLatch(1);
        service = exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang(over);
        };
        assertEquals(Outcome.TIMEOUT, ((Answer.Open) ask(Duration.ofMillis(500)).join()).outcome());
        over.countDown();
    }

    private static void hang(CountDownLatch over) {
        try {
            assertTrue(over.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void asksOnlySoManyAtOnce() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        service = exchange -> {
            hang(over);
            answer(exchange, 204, "");
        };
        CompletableFuture<Answer> first = ask(Duration.ofSeconds(20));
        CompletableFuture<Answer> second = ask(Duration.ofSeconds(20));
        assertEquals(Outcome.TOO_MANY, open());
        over.countDown();
        assertEquals(new Answer.Open(Outcome.OPEN, ""), first.join());
        assertEquals(new Answer.Open(Outcome.OPEN, ""), second.join());
    }

    @Test
    void whoeverIsNotWaitedForGivesItsPlaceBack() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        service = exchange -> hang(over);
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Answer> question = ask(Duration.ofSeconds(20));
            asked.take();
            assertTrue(question.cancel(true));
            await(() -> webhooks.open() == 0);
        }
        awaitCount(5, Outcome.CANCELLED);
        over.countDown();
    }

    /** An answer can be seen before it is counted: a future's waiters and what depends on it have no order. */
    private void awaitCount(long count, Outcome outcome) throws InterruptedException {
        await(() -> webhooks.count(outcome) >= count);
        assertEquals(count, webhooks.count(outcome));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(Duration.ofMillis(1));
        }
    }

    @Test
    void nobodyThereIsNoAnswer() {
        server.stop(0);
        Answer.Open answer = (Answer.Open) ask();
        assertEquals(Outcome.UNREACHABLE, answer.outcome());
        assertFalse(answer.why().contains("127.0.0.1"), answer.why());
    }

    @Test
    void aServiceThatIsNotWhomItSaysIsNotAsked() {
        URI url = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
        Webhook secure = new Webhook(url, new Secret(SECRET), Duration.ofSeconds(20));
        Answer.Open answer = (Answer.Open)
                webhooks.ask(secure, QUESTION, RingPlan.of("usual")).join();
        assertEquals(Outcome.UNREACHABLE, answer.outcome());
        assertEquals(0, asked.size());
    }

    @Test
    void tellsNoSecretAndNoNumber() {
        String words = hook(Duration.ofSeconds(1)) + " " + QUESTION;
        assertEquals("Webhook[127.0.0.1] Question[c1]", words);
    }
}
