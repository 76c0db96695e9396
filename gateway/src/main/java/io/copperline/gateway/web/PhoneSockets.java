package io.copperline.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The door of {@code /v1/phone}. A token comes as a subprotocol {@code bearer.TOKEN} beside {@code copperline.v1}, or in
 * the first message, where a page learns why it was refused (a browser hides the status of a failed handshake).
 */
final class PhoneSockets {
    static final String SUBPROTOCOL = "copperline.v1";
    private static final String BEARER = "bearer.";

    private final Services services;
    private final Set<Tab> tabs = new LinkedHashSet<>();

    PhoneSockets(Services services) {
        this.services = services;
        services.loop().every(services.timings().tick(), this::onTime);
    }

    void upgrade(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            throw new Refused(ProblemCode.BAD_REQUEST, "This address speaks WebSocket only.");
        }
        services.front().checkOrigin(context);
        if (!services.quota().enterStranger()) {
            throw new Refused(ProblemCode.TOO_MANY_CONNECTIONS, "Try again in a moment.");
        }
        request.pause();
        Future<Optional<WebUser>> user = token(request)
                .map(token -> services.front().verify(token).map(Optional::of))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        user.compose(known -> request.toWebSocket().map(socket -> open(socket, known)))
                .onFailure(failure -> {
                    services.quota().leaveStranger();
                    request.resume();
                    context.fail(failure);
                });
    }

    private Tab open(ServerWebSocket socket, Optional<WebUser> known) {
        var tab = new Tab(socket, services);
        tabs.add(tab);
        socket.closeHandler(_ -> {
            tabs.remove(tab);
            tab.onClosed();
        });
        services.counters().count("socket.opened");
        tab.open();
        known.ifPresent(tab::enter);
        return tab;
    }

    private static Optional<String> token(HttpServerRequest request) {
        return request.headers().getAll("Sec-WebSocket-Protocol").stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .filter(protocol -> protocol.startsWith(BEARER))
                .map(protocol -> protocol.substring(BEARER.length()))
                .findFirst();
    }

    private void onTime() {
        long now = services.nowMillis();
        List.copyOf(tabs).forEach(tab -> tab.onTime(now));
    }

    void close() {
        List.copyOf(tabs).forEach(tab -> tab.close(CloseCode.STOPPING));
    }
}
