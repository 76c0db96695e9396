package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private static final Peer LOCAL = new Peer("127.0.0.1", "http", "localhost:8080");

    @Test
    void allowsOwnAndNamedOrigins() {
        var origins = new Origins(Optional.empty(), List.of("https://App.example", "http://localhost:3000"));
        assertTrue(origins.allows("http://localhost:8080", LOCAL));
        assertTrue(origins.allows("https://app.example", LOCAL));
        assertTrue(origins.allows("https://app.example:443", LOCAL));
        assertTrue(origins.allows("http://localhost:3000", LOCAL));
        assertTrue(origins.allows("https://gw.example", new Peer("1.1.1.1", "https", "gw.example")));
        assertTrue(origins.allows("http://[::1]:8080", new Peer("::1", "http", "[::1]:8080")));
    }

    @Test
    void refusesAllOthers() {
        var origins = new Origins(Optional.empty(), List.of("https://app.example"));
        for (String origin : List.of(
                "https://evil.example",
                "http://app.example",
                "https://app.example.evil.example",
                "https://app.example:8443",
                "https://user@app.example",
                "http://localhost",
                "null",
                "",
                "%%%")) {
            assertFalse(origins.allows(origin, LOCAL), origin);
        }
    }

    @Test
    void doesNotBelieveNameThatAnyoneCanPointAtUs() {
        var origins = new Origins(Optional.empty(), List.of());
        var rebound = new Peer("127.0.0.1", "http", "evil.example:8080");
        assertFalse(origins.allows("http://evil.example:8080", rebound));
        assertFalse(origins.isOurName(rebound));
        assertTrue(origins.isOurName(LOCAL));
    }

    @Test
    void publicUrlIsTheOnlyOwnOrigin() {
        var origins = new Origins(Optional.of(URI.create("https://phone.example/")), List.of());
        assertTrue(origins.allows("https://phone.example", LOCAL));
        assertFalse(origins.allows("http://localhost:8080", LOCAL));
    }

    @Test
    void starAllowsEverybody() {
        assertTrue(new Origins(Optional.empty(), List.of("*")).allows("null", LOCAL));
    }

    @Test
    void pagesOfAllowedOriginsMayCall() throws Exception {
        try (var door = new Door()) {
            HttpResponse<String> preflight = door.send(HttpRequest.newBuilder(door.uri("/v1/calls"))
                    .header("Origin", "https://app.example")
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
            assertEquals(204, preflight.statusCode());
            assertEquals("https://app.example", header(preflight, "Access-Control-Allow-Origin"));
            assertEquals("GET, POST, PATCH, DELETE, OPTIONS", header(preflight, "Access-Control-Allow-Methods"));
            assertTrue(header(preflight, "Access-Control-Allow-Headers").contains("Authorization"));
            assertEquals("Origin", header(preflight, "Vary"));

            HttpResponse<String> placed = door.send(door.offer("?to=1", "v=0").header("Origin", "https://app.example"));
            assertEquals(201, placed.statusCode());
            assertEquals("https://app.example", header(placed, "Access-Control-Allow-Origin"));
            assertTrue(header(placed, "Access-Control-Expose-Headers").contains("Location"));

            HttpResponse<String> failed =
                    door.send(door.as("alice", "/v1/calls/none").header("Origin", "https://app.example"));
            assertEquals("https://app.example", header(failed, "Access-Control-Allow-Origin"));
        }
    }

    @Test
    void pagesOfOtherOriginsMayNot() throws Exception {
        try (var door = new Door()) {
            HttpResponse<String> answer =
                    door.send(door.offer("?to=1", "v=0").header("Origin", "https://evil.example"));
            assertEquals(403, answer.statusCode());
            assertTrue(answer.body().contains("\"code\":\"origin-not-allowed\""));
            assertEquals("", header(answer, "Access-Control-Allow-Origin"));
            assertTrue(door.calls.placed.isEmpty());
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
