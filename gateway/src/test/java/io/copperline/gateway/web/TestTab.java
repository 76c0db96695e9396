package io.copperline.gateway.web;

import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A tab as the gateway sees it: a WebSocket whose messages are read one by one. */
final class TestTab implements WebSocket.Listener, AutoCloseable {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;

    static TestTab open(Door door, String... headers) {
        var tab = new TestTab();
        var builder = door.client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals("protocol")) {
                builder.subprotocols("copperline.v1", headers[i + 1]);
            } else {
                builder.header(headers[i], headers[i + 1]);
            }
        }
        URI uri = URI.create("ws://127.0.0.1:" + door.server.port() + "/v1/phone");
        tab.socket = builder.buildAsync(uri, tab).join();
        return tab;
    }

    /** A tab that has said hello as {@code user} and been welcomed. */
    static TestTab of(Door door, String user) throws InterruptedException {
        TestTab tab = open(door);
        tab.send("{\"type\":\"hello\",\"token\":\"" + door.token(user) + "\"}");
        tab.expect("{\"type\":\"welcome\",\"user\":\"" + user + "\"");
        return tab;
    }

    void send(String json) {
        socket.sendText(json.replace('\'', '"'), true).join();
    }

    WebSocket socket() {
        return socket;
    }

    /** The next message, which must begin like this (with ' for "). */
    String expect(String beginning) throws InterruptedException {
        String next = received.poll(20, TimeUnit.SECONDS);
        String wanted = beginning.replace('\'', '"');
        if (next == null || !next.startsWith(wanted)) {
            throw new AssertionError("wanted " + wanted + " and got " + next);
        }
        return next;
    }

    boolean isQuiet() {
        return received.isEmpty();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            received.add(part.toString());
            part.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        received.add("closed " + statusCode + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        received.add("closed abnormally");
    }

    @Override
    public void close() {
        socket.abort();
    }
}
