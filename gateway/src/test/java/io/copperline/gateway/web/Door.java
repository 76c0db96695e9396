package io.copperline.gateway.web;

import io.copperline.codecs.Secret;
import io.copperline.config.AuthSettings;
import io.copperline.config.HttpSettings;
import io.copperline.config.IceServerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A web server on loopback for one test, with scripted calls behind it and a clock that the test moves. */
final class Door implements AutoCloseable {
    static final HttpSettings.Limits LIMITS = new HttpSettings.Limits(4096, 4096, 20, 4, 10_000, 10_000);
    static final AuthSettings AUTH = new AuthSettings(
            Optional.of(new Secret("0123456789abcdef0123456789abcdef")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    static final Timings QUICK = new Timings(
            Duration.ofMillis(10),
            Duration.ofMillis(30),
            Duration.ofSeconds(20),
            Duration.ofSeconds(44),
            Duration.ofSeconds(10),
            Duration.ofMillis(600),
            Duration.ofMillis(20));

    final AtomicReference<Instant> now = new AtomicReference<>(ScriptedCalls.AT);
    final InstantSource clock = now::get;
    final AtomicLong upNanos = new AtomicLong();
    final WebUsers users = new WebUsers();
    final ScriptedCalls calls = new ScriptedCalls(users);
    final ScriptedTrunks trunks = new ScriptedTrunks();
    final LabTokens tokens;
    final WebServer server;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    volatile List<String> notReady = List.of();

    Door() throws WebServerFailed {
        this(plain(LIMITS), AUTH);
    }

    Door(HttpSettings http, AuthSettings auth) throws WebServerFailed {
        this(http, auth, List.of());
    }

    Door(HttpSettings http, AuthSettings auth, List<IceServerSettings> iceServers) throws WebServerFailed {
        tokens = LabTokens.start(auth, clock, new java.util.Random(1)).orElseThrow();
        var extras = new Extras(
                () -> "copperline_up 1\n", () -> true, () -> notReady, upNanos::get, trunks, Optional.of(tokens));
        server = WebServer.start(http, auth, iceServers, calls, users, clock, extras, QUICK);
    }

    static HttpSettings plain(HttpSettings.Limits limits) {
        return new HttpSettings(
                "127.0.0.1", 0, Optional.empty(), Optional.empty(), List.of(), List.of("https://app.example"), limits);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    String token(String user) {
        return tokens.token(user).orElseThrow();
    }

    /** A request of alice. */
    HttpRequest.Builder as(String user, String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token(user));
    }

    HttpRequest.Builder offer(String query, String body) {
        return as("alice", "/v1/calls" + query)
                .header("Content-Type", "application/sdp")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Places a call as alice and gives its path. */
    String place() throws IOException, InterruptedException {
        return send(offer("?to=%2B12025550100", "v=0"))
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
