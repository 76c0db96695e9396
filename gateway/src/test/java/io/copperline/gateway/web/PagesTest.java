package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.AuthSettings;
import io.copperline.config.HttpSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Pattern IMPORT = Pattern.compile("from '([^']+)'");
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
    void servesPhonePageUnderStrictPolicy() throws Exception {
        HttpResponse<String> page = get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.body().contains("<title>Copperline</title>"));
        String policy = header(page, "Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"));
        assertTrue(!policy.contains("unsafe"));
        assertEquals("nosniff", header(page, "X-Content-Type-Options"));
        assertEquals("no-referrer", header(page, "Referrer-Policy"));
        assertTrue(header(page, "Permissions-Policy").startsWith("microphone=(self)"));
    }

    @Test
    void servesEveryModuleThatAModuleImports() throws Exception {
        for (String path :
                List.of("/phone.js", "/copperline/copperline.js", "/copperline/call.js", "/copperline/socket.js")) {
            HttpResponse<String> script = get(path);
            assertEquals("text/javascript; charset=utf-8", header(script, "Content-Type"));
            Matcher imports = IMPORT.matcher(script.body());
            while (imports.find()) {
                if (!imports.group(1).startsWith("http")) {
                    assertEquals(
                            200,
                            get(door.uri(path).resolve(imports.group(1)).getPath())
                                    .statusCode(),
                            imports.group());
                }
            }
        }
        assertEquals("*", header(get("/copperline/copperline.js"), "Access-Control-Allow-Origin"));
        assertEquals(200, get("/copperline/copperline.d.ts").statusCode());
    }

    @Test
    void answersNotModified() throws Exception {
        String etag = header(get("/phone.js"), "ETag");
        HttpResponse<String> again =
                door.send(HttpRequest.newBuilder(door.uri("/phone.js")).header("If-None-Match", etag));
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        HttpResponse<String> head =
                door.send(HttpRequest.newBuilder(door.uri("/phone.js")).HEAD());
        assertEquals(200, head.statusCode());
        assertEquals(etag, header(head, "ETag"));
    }

    @Test
    void tellsHealth() throws Exception {
        assertEquals("{\"status\":\"ok\",\"failing\":[]}", get("/health/live").body());
        assertEquals(200, get("/health/ready").statusCode());
        door.notReady = List.of("trunk lab does not answer");
        HttpResponse<String> failing = get("/health/ready");
        assertEquals(503, failing.statusCode());
        assertEquals("{\"status\":\"failing\",\"failing\":[\"trunk lab does not answer\"]}", failing.body());
    }

    @Test
    void showsMetrics() throws Exception {
        HttpResponse<String> metrics = get("/metrics");
        assertEquals("copperline_up 1\n", metrics.body());
        assertEquals("text/plain; version=0.0.4; charset=utf-8", header(metrics, "Content-Type"));
    }

    @Test
    void givesLabTokensToLabUsers() throws Exception {
        String alice = get("/lab/token?user=alice").body();
        assertTrue(alice.matches("\\{\"token\":\"[\\w-]+\\.[\\w-]+\\.[\\w-]+\"}"));
        assertEquals(404, get("/lab/token?user=eve").statusCode());
        assertEquals(404, get("/lab/token").statusCode());
    }

    @Test
    void givesNoLabTokensToOtherPages() throws Exception {
        HttpRequest.Builder foreign =
                HttpRequest.newBuilder(door.uri("/lab/token?user=alice")).header("Origin", "https://evil.example");
        assertEquals(403, door.send(foreign).statusCode());
        assertTrue(raw("GET /lab/token?user=alice HTTP/1.1\r\nHost: evil.example:" + door.server.port()
                        + "\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 403 "));
    }

    @Test
    void knowsItsNameInEveryForm() throws Exception {
        int port = door.server.port();
        for (String host : List.of("localhost:" + port, "LOCALHOST", "127.0.0.1:" + port, "[::1]:" + port, "[::1]")) {
            String answer = raw("GET /lab/token?user=bob HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), host + ": " + answer);
        }
        for (String host : List.of("", "a b", "localhost.evil.example", "[::1", ":", "localhost@evil.example", "%")) {
            String answer = raw("GET /lab/token?user=bob HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 4"), host + ": " + answer);
        }
    }

    @Test
    void hasNoLabTokensOutsideTheLab() throws Exception {
        var extras = new Extras(() -> "", () -> true, List::of, door.upNanos::get, door.trunks, Optional.empty());
        try (WebServer server = WebServer.start(
                Door.plain(Door.LIMITS), Door.AUTH, List.of(), door.calls, new WebUsers(), door.clock, extras)) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                    java.net.URI.create("http://127.0.0.1:" + server.port() + "/lab/token?user=alice"));
            assertEquals(404, door.send(request).statusCode());
        }
    }

    @Test
    void labWithoutSecretMakesOne() throws Exception {
        var none = new AuthSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        try (var lab = new Door(Door.plain(Door.LIMITS), none)) {
            lab.place();
            assertEquals(1, lab.calls.placed.size());
        }
    }

    @Test
    void answersBrokenRequestsShortly() throws Exception {
        for (String broken : List.of(
                "GET\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET /?user=%e HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                "POST /v1/calls HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\r\n\r\n")) {
            String answer = raw(broken);
            assertTrue(answer.matches("(?s)HTTP/1[.][01] 4.*"), answer);
            assertTrue(!answer.contains("Exception") && !answer.contains("\tat "), answer);
        }
        assertEquals(200, get("/").statusCode());
    }

    @Test
    void doesNotWaitForEverForRequest() throws Exception {
        assertEquals("", raw(""));
        String late = raw("POST /v1/calls?to=1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/sdp\r\nContent-Length: 100\r\nAuthorization: Bearer "
                + door.token("alice") + "\r\n\r\nv=0");
        assertTrue(late.startsWith("HTTP/1.1 408 "), late);
    }

    @Test
    void saysThatPortIsTaken() {
        var taken = new HttpSettings(
                "127.0.0.1", door.server.port(), Optional.empty(), Optional.empty(), List.of(), List.of(), Door.LIMITS);
        WebServerFailed failed = org.junit.jupiter.api.Assertions.assertThrows(
                WebServerFailed.class, () -> new Door(taken, Door.AUTH).close());
        assertTrue(failed.getMessage().contains("http.port"), failed.getMessage());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return door.send(HttpRequest.newBuilder(door.uri(path)));
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), door.server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
