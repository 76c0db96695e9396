package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.codecs.Secret;
import io.copperline.config.IceServerSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IceServersTest {
    private static final IceServerSettings STUN =
            new IceServerSettings(List.of("stun:turn.example.com"), Optional.empty());
    private static final IceServerSettings SHARED = new IceServerSettings(
            List.of("turn:turn.example.com?transport=udp", "turns:turn.example.com"),
            Optional.of(new IceServerSettings.SharedSecret(new Secret("north"), Duration.ofMinutes(10))));
    private static final IceServerSettings ACCOUNT = new IceServerSettings(
            List.of("stun:b.example", "turn:b.example"),
            Optional.of(new IceServerSettings.Account("all", new Secret("p\"w\\"))));

    /** What {@code printf 1795515000:alice | openssl dgst -sha1 -hmac north -binary | base64} says. */
    private static final String PROOF = "vOrihUdqWh7ow8wBCEnHLv2Nt14=";

    private static final String SHARED_JSON =
            "{\"urls\":[\"turn:turn.example.com?transport=udp\",\"turns:turn.example.com\"],"
                    + "\"username\":\"1795515000:alice\",\"credential\":\"" + PROOF + "\"}";
    private static final List<String> LINKS = List.of(
            "<stun:turn.example.com>; rel=\"ice-server\"",
            "<turn:turn.example.com?transport=udp>; rel=\"ice-server\"; username=\"1795515000:alice\"; credential=\""
                    + PROOF + "\"; credential-type=\"password\"",
            "<turns:turn.example.com>; rel=\"ice-server\"; username=\"1795515000:alice\"; credential=\"" + PROOF
                    + "\"; credential-type=\"password\"",
            "<stun:b.example>; rel=\"ice-server\"",
            "<turn:b.example>; rel=\"ice-server\"; username=\"all\"; credential=\"p\\\"w\\\\\";"
                    + " credential-type=\"password\"");

    private static Door door() throws WebServerFailed {
        return new Door(Door.plain(Door.LIMITS), Door.AUTH, List.of(STUN, SHARED, ACCOUNT));
    }

    @Test
    void givesPasswordThatEnds() {
        IceServerList list = new IceServers(List.of(SHARED)).forUser("alice", ScriptedCalls.AT.plusMillis(999));
        assertEquals(SHARED_JSON, list.servers().getFirst().json().toString());
        assertEquals(Optional.of(ScriptedCalls.AT.plusSeconds(600)), list.expiresAt());
        assertFalse(list.toString().contains(PROOF));
    }

    @Test
    void countsToTheShortestTimeOfSeveral() {
        var longer = new IceServerSettings(
                List.of("turn:c.example"),
                Optional.of(new IceServerSettings.SharedSecret(new Secret("south"), Duration.ofHours(1))));
        var servers = new IceServers(List.of(longer, SHARED, ACCOUNT));
        assertEquals(
                Optional.of(ScriptedCalls.AT.plusSeconds(600)),
                servers.forUser("alice", ScriptedCalls.AT).expiresAt());
        assertEquals(Optional.of(Duration.ofMinutes(5)), servers.renewedAfter());
        assertEquals(Optional.empty(), new IceServers(List.of(STUN, ACCOUNT)).renewedAfter());
    }

    @Test
    void writesAnyUserInCharactersThatTurnAndHttpTake() {
        for (String user : List.of("a:b", "mail@example.com", "\"<x>\", y", "日".repeat(128))) {
            String username = new IceServers(List.of(SHARED))
                    .forUser(user, ScriptedCalls.AT)
                    .servers()
                    .getFirst()
                    .login()
                    .orElseThrow()
                    .username();
            assertTrue(username.matches("[0-9]{10}:[A-Za-z0-9%.*_+-]+"), username);
            assertTrue(username.getBytes(StandardCharsets.UTF_8).length < 509);
        }
    }

    @Test
    void listsThemForWhoeverHasToken() throws Exception {
        try (Door door = door()) {
            HttpResponse<String> answer = door.send(door.as("alice", "/v1/ice-servers"));
            assertEquals(200, answer.statusCode());
            assertEquals(
                    "{\"iceServers\":[{\"urls\":[\"stun:turn.example.com\"]}," + SHARED_JSON
                            + ",{\"urls\":[\"stun:b.example\",\"turn:b.example\"],\"username\":\"all\","
                            + "\"credential\":\"p\\\"w\\\\\"}],\"iceServersExpireAt\":\"2026-11-24T10:10:00Z\"}",
                    answer.body());
            assertEquals(Optional.of("no-store"), answer.headers().firstValue("Cache-Control"));
            assertEquals(
                    401,
                    door.send(HttpRequest.newBuilder(door.uri("/v1/ice-servers")))
                            .statusCode());
        }
        try (Door door = new Door()) {
            assertEquals(
                    "{\"iceServers\":[]}",
                    door.send(door.as("alice", "/v1/ice-servers")).body());
        }
    }

    @Test
    void linksThemInTheAnswerToAnOffer() throws Exception {
        try (Door door = door()) {
            HttpResponse<String> answer =
                    door.send(door.offer("?to=%2B12025550100", "v=0").header("Origin", "https://app.example"));
            assertEquals(201, answer.statusCode());
            assertEquals(LINKS, answer.headers().allValues("Link"));
            assertTrue(answer.headers()
                    .firstValue("Access-Control-Expose-Headers")
                    .orElseThrow()
                    .contains("Link"));
        }
    }

    @Test
    void linksThemInTheAnswerToOptionsWithTokenAndNeverWithout() throws Exception {
        try (Door door = door()) {
            HttpRequest.BodyPublisher none = HttpRequest.BodyPublishers.noBody();
            HttpResponse<String> known = door.send(door.as("alice", "/v1/calls").method("OPTIONS", none));
            assertEquals(204, known.statusCode());
            assertEquals(LINKS, known.headers().allValues("Link"));
            assertEquals(Optional.of("application/sdp"), known.headers().firstValue("Accept-Post"));
            HttpResponse<String> preflight = door.send(HttpRequest.newBuilder(door.uri("/v1/calls"))
                    .header("Origin", "https://app.example")
                    .header("Access-Control-Request-Method", "POST")
                    .method("OPTIONS", none));
            assertEquals(204, preflight.statusCode());
            assertEquals(List.of(), preflight.headers().allValues("Link"));
            HttpResponse<String> liar = door.send(HttpRequest.newBuilder(door.uri("/v1/calls"))
                    .header("Authorization", "Bearer nonsense")
                    .method("OPTIONS", none));
            assertEquals(401, liar.statusCode());
            assertEquals(List.of(), liar.headers().allValues("Link"));
        }
    }

    @Test
    void tellsTabOfNewPasswordsBeforeTheOldOnesEnd() throws Exception {
        try (Door door = door();
                TestTab tab = TestTab.open(door)) {
            tab.send("{'type':'hello','token':'" + door.token("alice") + "'}");
            String welcome = tab.expect("{'type':'welcome'");
            assertTrue(welcome.contains(SHARED_JSON), welcome);
            assertTrue(welcome.endsWith("\"iceServersExpireAt\":\"2026-11-24T10:10:00Z\"}"), welcome);
            for (int seconds = 15; seconds < 300; seconds += 15) {
                pass(door, Duration.ofSeconds(15));
                tab.send("{'type':'ping'}");
                tab.expect("{'type':'pong'}");
            }
            pass(door, Duration.ofSeconds(15));
            String renewed = tab.expect("{'type':'ice-servers','iceServers':[");
            assertTrue(renewed.contains("\"username\":\"1795515300:alice\""), renewed);
        }
    }

    private static void pass(Door door, Duration time) {
        door.now.updateAndGet(now -> now.plus(time));
        door.upNanos.addAndGet(time.toNanos());
    }
}
