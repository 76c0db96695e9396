package io.copperline.gateway.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A tab without a browser: what a page hears over its WebSocket, and may say. */
final class PhoneSocket implements AutoCloseable {
    private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    /** Says hello with the token, and is welcome. */
    PhoneSocket(int port, String token) {
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/phone"), new WebSocket.Listener() {
                    private final StringBuilder text = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                        text.append(part);
                        if (last) {
                            heard.add(json(text.toString()));
                            text.setLength(0);
                        }
                        return WebSocket.Listener.super.onText(from, part, last);
                    }
                })
                .join();
        say("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
        var _ = await("welcome");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    void say(String message) {
        socket.sendText(message, true).join();
    }

    /** The next message of this type. */
    JsonNode await(String type) {
        try {
            while (true) {
                JsonNode message = heard.poll(10, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no message \"" + type + "\" came");
                }
                if (message.get("type").asText().equals(type)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.close();
    }
}
