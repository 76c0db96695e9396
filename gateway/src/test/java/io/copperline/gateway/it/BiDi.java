package io.copperline.gateway.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A session of W3C WebDriver BiDi: commands over one WebSocket, each answered once, and events in between. */
final class BiDi implements WebSocket.Listener, AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;

    /** Begins a session; hears these kinds of events. */
    BiDi(URI address, List<String> subscribed) {
        try {
            socket = http.newWebSocketBuilder()
                    .connectTimeout(LONGEST)
                    .buildAsync(address, this)
                    .join();
            command("session.new", Map.of("capabilities", Map.of()));
            command("session.subscribe", Map.of("events", subscribed));
        } catch (RuntimeException e) {
            http.shutdownNow();
            throw e;
        }
    }

    /** What the browser answers; an error of its is ours. */
    JsonNode command(String method, Map<String, ?> parameters) {
        long id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        try {
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                    .join();
            return answer.orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        } catch (CompletionException e) {
            throw new IllegalStateException(method + ": " + e.getCause().getMessage(), e);
        } finally {
            waiting.remove(id);
        }
    }

    /** All events that have come. */
    List<JsonNode> events() {
        return List.copyOf(events);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            if (message.path("type").asText().equals("event")) {
                events.add(message);
                return;
            }
            CompletableFuture<JsonNode> answer = waiting.get(message.path("id").asLong());
            if (answer != null && message.has("result")) {
                answer.complete(message.get("result"));
            } else if (answer != null) {
                answer.completeExceptionally(new IllegalStateException(text));
            }
        } catch (JsonProcessingException e) {
            onError(socket, e);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        onError(from, new IllegalStateException("the browser closed its session: " + code + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        waiting.values().forEach(answer -> answer.completeExceptionally(error));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
