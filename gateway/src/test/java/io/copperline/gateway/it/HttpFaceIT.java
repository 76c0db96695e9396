package io.copperline.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The HTTP call API as other people's pages and programs use it, rightly and wrongly. */
class HttpFaceIT {
    private static final String LAB_ECHO = "+12025550100";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final Stage STAGE = new Stage();

    @Test
    void anotherPagePhonesWithoutOurLibrary() throws IOException {
        GatewayProcess gateway = STAGE.gateway();
        String token = Tokens.alice();
        try (OtherPage page = new OtherPage(gateway.ports())) {
            Tab tab = STAGE.chrome().tab(page.uri());
            tab.run("how => place(...how)", List.of(gateway.origin(), token, "+13035550100"));
            assertEquals(201, tab.run("() => call.status"));
            FarCall far = STAGE.farEnd().nextCall();
            far.ring();
            tab.until(happened("ringing"));
            far.answer();
            tab.until(happened("answered"));
            far.wire().play(Speech.REPLY);
            tab.until("call.peer.connectionState === 'connected'");
            tab.startRecording("call.stream");
            Sounds.awaitHeard(Speech.MICROPHONE, () -> far.wire().hear(Duration.ofSeconds(4)));
            Sounds.awaitHeard(Speech.REPLY, () -> tab.recorded(Duration.ofSeconds(4)));
            tab.run("() => call.peer.getSenders()[0].dtmf.insertDTMF('7', 200)");
            tab.until(happened("dtmf"));
            String path = tab.run("() => call.location")
                    .toString()
                    .substring(gateway.origin().length());
            assertEquals("answered", state(path, token).get("state").asText());

            assertEquals(204, tab.run("token => hangUp(token)", token));
            tab.until(happened("ended"));
            far.await("ended REMOTE HANGUP");
            assertStory(path, token);
        }
    }

    /** Whoever listens after the end hears all of it, and then the stream ends. */
    private static void assertStory(String path, String token) throws IOException {
        JsonNode state = state(path, token);
        assertEquals("ended", state.get("state").asText());
        assertEquals("hangup", state.get("ended").get("code").asText());
        String story =
                STAGE.gateway().send(request(path + "/events", token).GET()).body();
        List<String> names = story.lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring(7))
                .filter(name -> !List.of("media", "early-media", "quality").contains(name))
                .toList();
        assertEquals(List.of("trying", "ringing", "answered", "dtmf", "ended"), names);
        List<JsonNode> data = story.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> json(line.substring(6)))
                .toList();
        assertTrue(data.stream().allMatch(event -> event.hasNonNull("at")), story);
        JsonNode digit =
                data.stream().filter(event -> event.has("digit")).findFirst().orElseThrow();
        assertEquals("7", digit.get("digit").asText());
        assertEquals("to-phone", digit.get("direction").asText());
        assertEquals("rfc4733", digit.get("via").asText());
        assertEquals(200, digit.get("durationMillis").asInt(), 20);
        JsonNode end = data.getLast();
        assertEquals("hangup", end.get("code").asText());
        assertEquals("browser", end.get("by").asText());
        assertTrue(end.has("sipStatus") && end.has("q850"), story);
    }

    @Test
    void refusesBadTokens() {
        String offer = offer();
        HttpResponse<String> none = STAGE.gateway()
                .send(HttpRequest.newBuilder(STAGE.gateway().uri(to(LAB_ECHO)))
                        .header("Content-Type", "application/sdp")
                        .POST(BodyPublishers.ofString(offer)));
        assertProblem(401, "unauthorized", none);
        assertTrue(none.headers().firstValue("WWW-Authenticate").orElse("").startsWith("Bearer"));
        for (String token : List.of(
                "nonsense",
                "a.b.c",
                Tokens.expired(),
                Tokens.ofAnotherSecret(),
                Tokens.alice() + "x",
                Tokens.unsigned())) {
            assertProblem(401, "unauthorized", place(LAB_ECHO, token, offer));
        }
        assertProblem(403, "destination-not-allowed", place(LAB_ECHO, Tokens.calling("+1303*"), offer));
        assertNothingHappened();
    }

    @Test
    void refusesBadNumbers() {
        String offer = offer();
        String token = Tokens.alice();
        assertProblem(400, "bad-number", place("abc", token, offer));
        assertProblem(400, "bad-number", place("+1", token, offer));
        assertProblem(400, "bad-request", place("9".repeat(3_000), token, offer));
        assertProblem(400, "bad-number", place("+1202555\r\nX: y", token, offer));
        assertProblem(400, "bad-request", STAGE.gateway().send(post("/v1/calls", token, offer)));
        HttpResponse<String> unrouted = place("+442079460000", token, offer);
        assertProblem(404, "no-route", unrouted);
        assertTrue(unrouted.body().contains("+1202555"), unrouted.body());
        String foreignCaller = to(LAB_ECHO) + "&from=%2B13035550100";
        assertProblem(403, "number-not-allowed", STAGE.gateway().send(post(foreignCaller, token, offer)));
        assertNothingHappened();
    }

    @Test
    void refusesOffersThatItCannotAnswer() {
        String offer = offer();
        String token = Tokens.alice();
        for (String bad : List.of(
                "",
                "hello",
                "v=0\r\n",
                "\0\1\2\3",
                "m=audio ".repeat(5_000),
                offer.substring(0, offer.indexOf("a=fingerprint")),
                offer.replaceAll("a=fingerprint:[^\r]*\r\n", ""),
                offer.replaceAll("a=ice-ufrag:[^\r]*\r\n", ""),
                offer.replaceAll("a=rtcp-mux\r\n", ""),
                offer.replaceFirst("a=fingerprint:sha-256 [0-9A-F]{2}", "a=fingerprint:sha-256 ZZ"))) {
            assertProblem(400, "bad-offer", place(LAB_ECHO, token, bad));
        }
        String g722Only = offer.replaceAll("m=audio (\\d+) (\\S+) .*\r\n", "m=audio $1 $2 9\r\n");
        assertProblem(422, "no-common-codec", place(LAB_ECHO, token, g722Only));
        assertNothingHappened();
    }

    @Test
    void refusesBodiesThatAreTooLargeOrOfAnotherKind() {
        String token = Tokens.alice();
        assertProblem(413, "too-large", place(LAB_ECHO, token, "v=0\r\n" + "a=x\r\n".repeat(20_000)));
        HttpResponse<String> json = STAGE.gateway()
                .send(request(to(LAB_ECHO), token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{}")));
        assertProblem(415, "unsupported-media-type", json);
        assertProblem(
                415,
                "unsupported-media-type",
                STAGE.gateway().send(request(to(LAB_ECHO), token).POST(BodyPublishers.ofString(offer()))));
        assertNothingHappened();
    }

    @Test
    void refusesPagesOfForeignOrigins() {
        HttpRequest.Builder foreign =
                post(to(LAB_ECHO), Tokens.alice(), offer()).header("Origin", "https://evil.example");
        assertProblem(403, "origin-not-allowed", STAGE.gateway().send(foreign));
        HttpResponse<String> preflight = STAGE.gateway()
                .send(HttpRequest.newBuilder(STAGE.gateway().uri(to(LAB_ECHO)))
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", "POST"));
        assertTrue(preflight.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
        HttpResponse<String> token = STAGE.gateway()
                .send(HttpRequest.newBuilder(STAGE.gateway().uri("/lab/token?user=alice"))
                        .header("Origin", "https://evil.example"));
        assertProblem(403, "origin-not-allowed", token);
        assertNothingHappened();
    }

    @Test
    void refusesWhatIsNotThere() {
        String token = Tokens.alice();
        GatewayProcess gateway = STAGE.gateway();
        for (String path : List.of("/v1/calls/nope", "/v1/calls/nope/events", "/v1/calls/" + "x".repeat(2_000))) {
            assertProblem(404, "no-such-call", gateway.send(request(path, token).GET()));
        }
        assertProblem(
                404,
                "no-such-call",
                gateway.send(request("/v1/calls/nope", token).DELETE()));
        assertProblem(
                404, "not-found", gateway.send(request("/v1/nothing", token).GET()));
        assertProblem(
                405,
                "method-not-allowed",
                gateway.send(request("/v1/calls", token).DELETE()));
        assertProblem(
                404,
                "not-found",
                gateway.send(request("/%2e%2e/%2e%2e/etc/passwd", token).GET()));
    }

    @Test
    void brokenCandidatesDoNotHarmTheCall() {
        String token = Tokens.alice();
        HttpResponse<String> placed = place(LAB_ECHO, token, offer());
        assertEquals(201, placed.statusCode(), placed::body);
        String path = placed.headers().firstValue("Location").orElseThrow();
        for (String bad : List.of("", "candidate", "a=candidate:1 1 udp", "\0".repeat(500))) {
            HttpResponse<String> patched = STAGE.gateway()
                    .send(request(path, token)
                            .header("Content-Type", "application/trickle-ice-sdpfrag")
                            .method("PATCH", BodyPublishers.ofString(bad)));
            assertProblem(400, "bad-candidates", patched);
        }
        assertEquals(200, STAGE.gateway().send(request(path, token).GET()).statusCode());
        assertProblem(
                404,
                "no-such-call",
                STAGE.gateway().send(request(path, Tokens.bob()).GET()));
        assertEquals(204, STAGE.gateway().send(request(path, token).DELETE()).statusCode());
        assertEquals(204, STAGE.gateway().send(request(path, token).DELETE()).statusCode());
    }

    private static String happened(String name) {
        return "call.events.some((event) => event.name === '" + name + "')";
    }

    /** An offer as Chromium makes it, for a call that nobody will speak in. */
    private static String offer() {
        Tab tab = STAGE.chrome().tab(STAGE.gateway(), "/icon.svg");
        String offer = (String) tab.run("async () => {"
                + " const peer = new RTCPeerConnection(); peer.addTransceiver('audio');"
                + " return (await peer.createOffer()).sdp; }");
        STAGE.chrome().closeTabs();
        return offer;
    }

    private static String to(String number) {
        return "/v1/calls?to=" + URLEncoder.encode(number, StandardCharsets.UTF_8);
    }

    private static HttpResponse<String> place(String number, String token, String offer) {
        return STAGE.gateway().send(post(to(number), token, offer));
    }

    private static HttpRequest.Builder post(String path, String token, String offer) {
        return request(path, token).header("Content-Type", "application/sdp").POST(BodyPublishers.ofString(offer));
    }

    private static HttpRequest.Builder request(String path, String token) {
        return HttpRequest.newBuilder(STAGE.gateway().uri(path)).header("Authorization", "Bearer " + token);
    }

    private static JsonNode state(String path, String token) {
        return json(STAGE.gateway().send(request(path, token).GET()).body());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertProblem(int status, String code, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response::body);
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
        JsonNode problem = json(response.body());
        assertEquals(code, problem.get("code").asText(), response::body);
        assertEquals(status, problem.get("status").asInt());
        assertTrue(problem.hasNonNull("detail"), response::body);
        assertTrue(
                !response.body().contains("Exception") && !response.body().contains("io.copperline"), response::body);
    }

    /** Refused requests leave nothing behind, not even for a moment. */
    private static void assertNothingHappened() {
        Map<String, Integer> ledger = STAGE.gateway().ledger();
        assertTrue(ledger.values().stream().allMatch(count -> count == 0), ledger::toString);
    }
}
