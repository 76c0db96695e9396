package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.media.DigitPath;
import io.copperline.gateway.media.LegRating;
import io.copperline.gateway.media.MediaQuality;
import io.copperline.gateway.media.MediaTrouble;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static final CallId CALL = new CallId("call-1");
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door();
        door.place();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void replaysFromStartAndEnds() throws Exception {
        tellAll();
        HttpResponse<String> stream = door.send(door.as("alice", "/v1/calls/call-1/events"));

        assertEquals(200, stream.statusCode());
        assertEquals(
                "text/event-stream; charset=utf-8",
                stream.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(
                List.of(
                        "id: 1",
                        "event: trying",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\"}",
                        "id: 2",
                        "event: ringing",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\"}",
                        "id: 3",
                        "event: early-media",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\"}",
                        "id: 4",
                        "event: answered",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\"}",
                        "id: 5",
                        "event: dtmf",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\",\"digit\":\"#\",\"durationMillis\":160,"
                                + "\"direction\":\"from-phone\",\"via\":\"rfc4733\"}",
                        "id: 6",
                        "event: hold",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\",\"held\":true,\"by\":\"trunk\"}",
                        "id: 7",
                        "event: media",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\",\"code\":\"no-audio\",\"side\":\"trunk\","
                                + "\"since\":\"2026-11-24T09:59:57Z\",\"remedy\":\""
                                + MediaTrouble.NO_AUDIO.remedy(true) + "\"}",
                        "id: 8",
                        "event: quality",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\",\"browser\":{\"mos\":4.31,\"lossPercent\":0.4,"
                                + "\"sentLossPercent\":1.2,\"jitterMillis\":3,\"roundTripMillis\":40,"
                                + "\"delayMillis\":62}}",
                        "id: ended",
                        "event: ended",
                        "data: {\"at\":\"2026-11-24T10:00:00Z\",\"code\":\"hangup\",\"sipStatus\":200,\"q850\":16,"
                                + "\"by\":\"trunk\",\"remedy\":\"One side hung up.\"}"),
                lines(stream.body()));
        assertEquals(0, door.calls.subscriptions());
    }

    @Test
    void goesOnBehindLastEventId() throws Exception {
        tellAll();
        HttpResponse<String> stream =
                door.send(door.as("alice", "/v1/calls/call-1/events").header("Last-Event-ID", "5"));
        assertEquals("id: 6", lines(stream.body()).getFirst());
    }

    @Test
    void tellsEventSourceThatNothingMoreComes() throws Exception {
        tellAll();
        HttpRequest.Builder again = door.as("alice", "/v1/calls/call-1/events").header("Last-Event-ID", "ended");
        assertEquals(204, door.send(again).statusCode());
    }

    @Test
    void takesTokenFromQuery() throws Exception {
        tellAll();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(door.uri("/v1/calls/call-1/events?access_token=" + door.token("alice")));
        assertEquals(200, door.send(request).statusCode());
    }

    @Test
    void tellsEventsAsTheyHappenAndBeatsBetween() throws Exception {
        try (Stream<String> stream = listen()) {
            Iterator<String> lines = stream.iterator();
            door.calls.happen(CALL, new CallEvent.Trying(ScriptedCalls.AT));
            until(lines, "event: trying");
            until(lines, ": still here");
            door.calls.happen(CALL, new CallEvent.Answered(ScriptedCalls.AT));
            until(lines, "event: answered");
        }
    }

    @Test
    void letsGoWhenListenerLeaves() throws Exception {
        door.client.close();
        var leaving = java.net.http.HttpClient.newHttpClient();
        HttpResponse<Stream<String>> stream =
                leaving.send(door.as("alice", "/v1/calls/call-1/events").build(), HttpResponse.BodyHandlers.ofLines());
        assertEquals(1, door.calls.subscriptions());
        assertEquals(1, door.server.openSockets());
        stream.body().close();
        leaving.shutdownNow();
        Await.that(() -> door.calls.subscriptions() == 0 && door.server.openSockets() == 0);
    }

    @Test
    void dropsReaderThatDoesNotRead() throws Exception {
        try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), door.server.port())) {
            socket.setReceiveBufferSize(4096);
            socket.getOutputStream()
                    .write(("GET /v1/calls/call-1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + door.token("alice") + "\r\n\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            Await.that(() -> door.calls.subscriptions() == 1);
            for (int i = 0; i < 100_000 && door.calls.subscriptions() == 1; i++) {
                door.calls.happen(CALL, new CallEvent.Ringing(ScriptedCalls.AT));
            }
            Await.that(() -> door.calls.subscriptions() == 0 && door.server.openSockets() == 0);
        }
    }

    @Test
    void boundsStreamsOfOneUser() throws Exception {
        List<Stream<String>> open = List.of(listen(), listen(), listen(), listen());
        HttpResponse<String> fifth = door.send(door.as("alice", "/v1/calls/call-1/events"));
        assertEquals(429, fifth.statusCode());
        assertTrue(fifth.body().contains("too-many-connections"));
        open.forEach(Stream::close);
    }

    private void tellAll() {
        var at = ScriptedCalls.AT;
        List<CallEvent> story = List.of(
                new CallEvent.Trying(at),
                new CallEvent.Ringing(at),
                new CallEvent.EarlyMedia(at),
                new CallEvent.Answered(at),
                new CallEvent.Dtmf(at, '#', 160, CallEvent.Direction.FROM_PHONE, DigitPath.RFC4733),
                new CallEvent.Hold(at, true, CallEvent.Side.TRUNK),
                new CallEvent.Media(at, MediaTrouble.NO_AUDIO, CallEvent.Side.TRUNK, at.minusSeconds(3)),
                new CallEvent.Quality(
                        at, new MediaQuality(Optional.of(new LegRating(4.31, 0.4, 1.2, 3, 40, 62)), Optional.empty())),
                ScriptedCalls.hungUp(CallEvent.Party.TRUNK));
        story.forEach(event -> door.calls.happen(CALL, event));
    }

    private Stream<String> listen() throws IOException, InterruptedException {
        return door.client
                .send(door.as("alice", "/v1/calls/call-1/events").build(), HttpResponse.BodyHandlers.ofLines())
                .body();
    }

    private static void until(Iterator<String> lines, String wanted) {
        while (!lines.next().equals(wanted)) {
            assertTrue(lines.hasNext());
        }
    }

    private static List<String> lines(String body) {
        return body.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith(":") && !line.startsWith("retry:"))
                .toList();
    }
}
