package io.copperline.gateway.it;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/** A WebSocket to the phone's address that says whatever a test wants. */
final class Shouting implements WebSocket.Listener, AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<String> heard = new AtomicReference<>("");
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private WebSocket socket;

    private Shouting() {}

    /** Connects and says hello. */
    static Shouting open(GatewayProcess gateway, String token) {
        Shouting shouting = new Shouting();
        URI uri = URI.create(gateway.uri("/v1/phone").toString().replaceFirst("^http", "ws"));
        shouting.socket = shouting.http
                .newWebSocketBuilder()
                .subprotocols("copperline.v1")
                .buildAsync(uri, shouting)
                .join();
        shouting.say("{\"type\":\"hello\",\"token\":\"" + token + "\"}");
        Await.until("welcome or close", () -> shouting.heard().contains("\"welcome\"") || shouting.closed.isDone());
        return shouting;
    }

    void say(String text) {
        quietly(() -> socket.sendText(text, true).join());
    }

    void say(ByteBuffer bytes) {
        quietly(() -> socket.sendBinary(bytes, true).join());
    }

    private static void quietly(Runnable saying) {
        try {
            saying.run();
        } catch (CompletionException e) {
            // The gateway has closed the socket, which is its right.
        }
    }

    void awaitAnswerOrClose() {
        Await.until("pong or close", () -> heard().contains("\"pong\"") || closed.isDone());
    }

    void awaitClose(int code) {
        Await.until("close " + code + ", not " + closed, () -> closed.getNow(0) == code);
    }

    String heard() {
        return heard.get();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        heard.updateAndGet(before -> before + data);
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.complete(-1);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
