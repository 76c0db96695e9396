package io.copperline.gateway.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.copperline.webrtc.SessionDescription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A web app without a browser that is called: the WebSocket, and a peer of the library that sends back what it hears. */
final class PhoneSocket implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final List<JsonNode> all = new CopyOnWriteArrayList<>();
    private final LibraryPeer peer = new LibraryPeer(InetAddress.getLoopbackAddress());
    private final WebSocket socket;
    private String answered = "";

    /** Returns when it is welcome. */
    PhoneSocket(int httpPort, String token) {
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + httpPort + "/v1/phone"), new Ear())
                .join();
        send("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
        await("welcome");
    }

    /** The next message of this type; those before it are passed over. */
    JsonNode await(String type) {
        try {
            while (true) {
                JsonNode message = heard.poll(Await.USUAL.toSeconds(), TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no message \"" + type + "\" came, but " + all);
                }
                if (message.path("type").asText().equals(type)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for an event of a call, whatever came before it. */
    JsonNode awaitEvent(String event) {
        Await.until(event + " among " + all, () -> events().anyMatch(one -> isNamed(one, event)));
        return events().filter(one -> isNamed(one, event)).findFirst().orElseThrow();
    }

    /** All events so far. */
    Stream<JsonNode> events() {
        return all.stream().filter(message -> message.path("type").asText().equals("event"));
    }

    /** The types of all messages so far. */
    List<String> types() {
        return all.stream().map(message -> message.path("type").asText()).toList();
    }

    private static boolean isNamed(JsonNode event, String name) {
        return event.path("event").asText().equals(name);
    }

    /** How many packets of audio have come, and have gone back. */
    long heardPackets() {
        return peer.heardPackets();
    }

    /** Hangs up the call that was answered last. */
    void hangUp() {
        send("{\"type\":\"hangup\",\"call\":\"" + answered + "\"}");
    }

    void decline(JsonNode incoming) {
        send("{\"type\":\"decline\",\"call\":" + incoming.get("call") + "}");
    }

    /** Picks up, once. */
    void answer(JsonNode incoming) {
        answered = incoming.get("call").asText();
        SessionDescription offer = peer.on((own, _) -> own.createOffer());
        send(JSON.createObjectNode()
                .put("type", "answer")
                .put("call", answered)
                .put("offer", offer.sdp())
                .toString());
        String answer = await("answer").get("sdp").asText();
        peer.on((own, now) -> {
            own.setAnswer(SessionDescription.answer(answer), now);
            return true;
        });
    }

    private void send(String message) {
        socket.sendText(message, true).join();
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
        peer.close();
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(from, part, last);
        }

        private void take(String message) {
            try {
                JsonNode read = JSON.readTree(message);
                all.add(read);
                heard.add(read);
            } catch (IOException e) {
                throw new AssertionError(message, e);
            }
        }
    }
}
