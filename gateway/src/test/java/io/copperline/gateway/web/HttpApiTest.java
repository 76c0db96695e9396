package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.CallRefused;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpApiTest {
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
    void placesCall() throws Exception {
        HttpResponse<String> answer = door.send(door.offer("?to=%2B12025550100&from=%2B12025550150", "v=0 offer"));

        assertEquals(201, answer.statusCode());
        assertEquals("/v1/calls/call-1", header(answer, "Location"));
        assertEquals("application/sdp", header(answer, "Content-Type"));
        assertEquals("v=0\r\ns=answer to 9\r\n", answer.body());
        assertEquals("alice", door.calls.placed.getFirst().user());
        assertEquals("+12025550100", door.calls.placed.getFirst().to());
        assertEquals(Optional.of("+12025550150"), door.calls.placed.getFirst().from());
        assertEquals(
                List.of("+12025550150"), door.calls.placed.getFirst().limits().numbers());
        assertEquals("v=0 offer", door.calls.placed.getFirst().offer());
    }

    @Test
    void takesPlusThatArrivedAsSpace() throws Exception {
        door.send(door.offer("?to=+12025550100", "v=0"));
        assertEquals("+12025550100", door.calls.placed.getFirst().to());
    }

    @Test
    void showsCall() throws Exception {
        String call = door.place();
        assertEquals(
                "{\"id\":\"call-1\",\"direction\":\"outbound\",\"state\":\"early-media\",\"from\":\"+12025550150\","
                        + "\"to\":\"+12025550100\",\"trunk\":\"lab\",\"startedAt\":\"2026-11-24T10:00:00Z\"}",
                door.send(door.as("alice", call)).body());

        door.calls.happen(new CallId("call-1"), ScriptedCalls.hungUp(CallEvent.Party.TRUNK));
        HttpResponse<String> ended = door.send(door.as("alice", call));
        assertEquals("application/json", header(ended, "Content-Type"));
        assertTrue(ended.body()
                .contains("\"ended\":{\"at\":\"2026-11-24T10:00:00Z\",\"code\":\"hangup\",\"sipStatus\":200,"
                        + "\"q850\":16,\"by\":\"trunk\",\"remedy\":"));
    }

    @Test
    void hangsUpAndAgain() throws Exception {
        String call = door.place();
        assertEquals(204, door.send(door.as("alice", call).DELETE()).statusCode());
        assertEquals(204, door.send(door.as("alice", call).DELETE()).statusCode());
    }

    @Test
    void asksForATransfer() throws Exception {
        String transfer = door.place() + "/transfer";
        HttpRequest.BodyPublisher none = HttpRequest.BodyPublishers.noBody();
        assertEquals(
                202,
                door.send(door.as("alice", transfer + "?to=%2B12025550177").POST(none))
                        .statusCode());
        assertEquals(
                202,
                door.send(door.as("alice", transfer + "?call=call-2").POST(none))
                        .statusCode());
        assertTrue(door.calls.logged("transfer call-1 to +12025550177"));
        assertTrue(door.calls.logged("transfer call-1 to call call-2"));
        refuses(400, "bad-request", door.as("alice", transfer).POST(none));
        refuses(
                400,
                "bad-request",
                door.as("alice", transfer + "?to=1&call=call-2").POST(none));
        refuses(
                404,
                "no-such-call",
                door.as("alice", transfer + "?call=no%20such").POST(none));
    }

    @Test
    void addsCandidates() throws Exception {
        String call = door.place();
        HttpRequest.Builder patch = door.as("alice", call)
                .header("Content-Type", "application/trickle-ice-sdpfrag; charset=utf-8")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("a=end-of-candidates\r\n"));
        assertEquals(204, door.send(patch).statusCode());
        assertTrue(door.calls.logged("candidates call-1 a=end-of-candidates"));
    }

    @Test
    void hidesCallsOfOthers() throws Exception {
        String call = door.place();
        refuses(404, "no-such-call", door.as("bob", call));
        refuses(404, "no-such-call", door.as("bob", call + "/events"));
        refuses(404, "no-such-call", door.as("bob", call).DELETE());
        refuses(404, "no-such-call", door.as("alice", "/v1/calls/no%20such"));
        refuses(404, "no-such-call", door.as("alice", "/v1/calls/" + "x".repeat(65)));
    }

    @Test
    void passesOnWhyCallWasRefused() throws Exception {
        for (CallRefused.Code code : CallRefused.Code.values()) {
            door.calls.refuseNext(new CallRefused(code, "Because."));
            HttpResponse<String> answer = refuses(code.httpStatus(), code.wireName(), door.offer("?to=1", "v=0"));
            assertTrue(answer.body().contains("\"detail\":\"Because.\""));
            boolean later = Arrays.asList(429, 503).contains(code.httpStatus());
            assertEquals(later, answer.headers().firstValue("Retry-After").isPresent(), code.name());
        }
    }

    @Test
    void neverShowsItsOwnMistakes() throws Exception {
        door.calls.refuseNext(new IllegalStateException("secret inner state"));
        HttpResponse<String> answer = refuses(500, "internal", door.offer("?to=1", "v=0"));
        assertFalse(answer.body().contains("secret"));
        assertFalse(answer.body().contains("Exception"));
    }

    @Test
    void wantsOneNumber() throws Exception {
        refuses(400, "bad-request", door.offer("", "v=0"));
        refuses(400, "bad-request", door.offer("?to=", "v=0"));
        refuses(400, "bad-request", door.offer("?to=1&to=2", "v=0"));
        refuses(400, "bad-request", door.offer("?to=" + "1".repeat(200), "v=0"));
    }

    @Test
    void wantsItsMediaTypes() throws Exception {
        HttpRequest.Builder json = door.as("alice", "/v1/calls?to=1")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
        refuses(415, "unsupported-media-type", json);
        refuses(
                415,
                "unsupported-media-type",
                door.as("alice", "/v1/calls?to=1").POST(HttpRequest.BodyPublishers.noBody()));
    }

    @Test
    void namesWorkingMethods() throws Exception {
        String call = door.place();
        assertEquals(
                "POST, OPTIONS", header(refuses(405, "method-not-allowed", door.as("alice", "/v1/calls")), "Allow"));
        assertEquals(
                "GET, PATCH, DELETE, OPTIONS",
                header(
                        refuses(
                                405,
                                "method-not-allowed",
                                door.as("alice", call).PUT(HttpRequest.BodyPublishers.ofString("x"))),
                        "Allow"));
        refuses(
                405,
                "method-not-allowed",
                door.as("alice", call + "/events").POST(HttpRequest.BodyPublishers.noBody()));
        refuses(
                405,
                "method-not-allowed",
                HttpRequest.newBuilder(door.uri("/metrics")).DELETE());
    }

    @Test
    void knowsOnlyItsPaths() throws Exception {
        refuses(404, "not-found", HttpRequest.newBuilder(door.uri("/nothing")));
        refuses(404, "not-found", HttpRequest.newBuilder(door.uri("/copperline/../../etc/passwd")));
        refuses(404, "not-found", HttpRequest.newBuilder(door.uri("/web/index.html")));
    }

    @Test
    void wantsToken() throws Exception {
        HttpResponse<String> none = refuses(401, "unauthorized", HttpRequest.newBuilder(door.uri("/v1/calls/x")));
        assertEquals("Bearer realm=\"copperline\"", header(none, "WWW-Authenticate"));
        HttpResponse<String> bad = refuses(
                401,
                "unauthorized",
                HttpRequest.newBuilder(door.uri("/v1/calls/x")).header("Authorization", "Bearer nonsense"));
        assertEquals("Bearer realm=\"copperline\", error=\"invalid_token\"", header(bad, "WWW-Authenticate"));
        refuses(
                401,
                "unauthorized",
                HttpRequest.newBuilder(door.uri("/v1/calls/x")).header("Authorization", "Basic YTpi"));
        refuses(
                401,
                "unauthorized",
                HttpRequest.newBuilder(door.uri("/v1/calls/x?access_token=" + door.token("alice"))));
    }

    @Test
    void refusesLargeBody() throws Exception {
        refuses(413, "too-large", door.offer("?to=1", "x".repeat(4097)));
        assertEquals(201, door.send(door.offer("?to=1", "x".repeat(4096))).statusCode());
    }

    @Test
    void refusesHugeBodyAndLivesOn() throws Exception {
        try {
            door.send(door.offer("?to=1", "x".repeat(50_000_000)));
        } catch (java.io.IOException e) {
            // The connection may be gone before the client has sent it all; that is an answer too.
            assertFalse(e.getMessage().isEmpty());
        }
        assertEquals(201, door.send(door.offer("?to=1", "v=0")).statusCode());
    }

    private HttpResponse<String> refuses(int status, String code, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = door.send(request);
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals("application/problem+json", header(answer, "Content-Type"));
        assertTrue(
                answer.body().startsWith("{\"type\":\"urn:copperline:problem:" + code + "\",\"title\":\""),
                answer.body());
        assertTrue(answer.body().contains("\"status\":" + status + ",\"code\":\"" + code + "\",\"detail\":\""));
        assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
        return answer;
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
