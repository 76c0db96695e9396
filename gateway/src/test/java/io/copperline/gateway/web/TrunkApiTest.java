package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrunkApiTest {
    private static final String TESTS = "/v1/trunks/carrier/tests";

    private Door door;

    @BeforeEach
    void open() throws WebServerFailed {
        door = new Door();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void operatorsSeeHowTrunksAreDoing() throws Exception {
        HttpResponse<String> answer = door.send(door.as("operator", "/v1/trunks"));
        assertEquals(200, answer.statusCode());
        assertEquals(
                "{\"trunks\":[{\"name\":\"carrier\",\"health\":\"degraded\",\"usable\":false,\"registration\":\"failed\","
                        + "\"accounts\":[{\"username\":\"me\",\"registration\":\"failed\"}],"
                        + "\"servers\":2,\"serversDown\":1,\"activeCalls\":3,"
                        + "\"limits\":{\"channels\":{\"limit\":30,\"used\":3},\"calls\":{\"limit\":20,\"used\":2},"
                        + "\"callsPerSecond\":{\"limit\":5},\"minutesPerDay\":{\"limit\":600,\"used\":12.3}},\"failures\":[{\"step\":\"register\","
                        + "\"what\":\"403 Forbidden\",\"fix\":\"check username: and password:\",\"since\":\"2026-11-24T10:00:00Z\"}]}]}",
                answer.body());
    }

    @Test
    void othersSeeNothing() throws Exception {
        for (HttpRequest.Builder request :
                new HttpRequest.Builder[] {door.as("alice", "/v1/trunks"), test("alice", "{}")}) {
            HttpResponse<String> answer = door.send(request);
            assertEquals(403, answer.statusCode());
            assertTrue(answer.body().contains("\"code\":\"not-an-operator\""), answer.body());
        }
        assertEquals(
                401, door.send(HttpRequest.newBuilder(door.uri("/v1/trunks"))).statusCode());
    }

    @Test
    void aTestTellsEachStepOnALine() throws Exception {
        HttpResponse<String> answer = door.send(test("operator", "{\"call\": \"+12025550110\"}"));
        assertEquals(200, answer.statusCode());
        assertEquals(
                "application/x-ndjson",
                answer.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("""
                {"step":"resolve","outcome":"pass","what":"carrier","fix":"","millis":1}
                {"step":"call","outcome":"pass","what":"carrier","fix":"","millis":1}
                """, answer.body());
        assertEquals(Optional.of("+12025550110"), door.trunks.called);
    }

    @Test
    void aTestNeedsNoBody() throws Exception {
        assertEquals(
                200,
                door.send(door.as("operator", TESTS).POST(BodyPublishers.noBody()))
                        .statusCode());
        assertEquals(Optional.empty(), door.trunks.called);
    }

    @Test
    void oneTestAtATime() throws Exception {
        door.trunks.ends = new CountDownLatch(1);
        CompletableFuture<HttpResponse<String>> first = door.client.sendAsync(
                test("operator", "{\"call\": \"1\"}").build(), HttpResponse.BodyHandlers.ofString());
        Await.that(() -> door.trunks.called.isPresent());
        assertEquals(409, door.send(test("operator", "{}")).statusCode());
        door.trunks.ends.countDown();
        assertEquals(200, first.join().statusCode());
        assertEquals(200, door.send(test("operator", "{}")).statusCode());
    }

    @Test
    void badWishesAreRefused() throws Exception {
        for (String body :
                new String[] {"", "[]", "{\"call\": 1}", "{\"number\": \"1\"}", "{\"call\": \"nonsense\"}"}) {
            assertEquals(400, door.send(test("operator", body)).statusCode(), body);
        }
        HttpRequest.Builder nowhere =
                door.as("operator", "/v1/trunks/other/tests").POST(BodyPublishers.noBody());
        assertEquals(404, door.send(nowhere).statusCode());
    }

    private HttpRequest.Builder test(String user, String body) {
        return door.as(user, TESTS).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }
}
