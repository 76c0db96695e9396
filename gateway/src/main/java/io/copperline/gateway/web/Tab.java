package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.Presence;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One WebSocket of a web user: who it is, whether it is alive, and what it is told. Owned by the web loop; only
 * {@link #ring}, {@link #stopRinging} and {@link #mayRing} are called from elsewhere. The socket's end ends no call.
 */
final class Tab {
    private static final int MAX_QUEUE_BYTES = 256 * 1024;
    private static final int MAX_REFUSALS = 50;

    private final ServerWebSocket socket;
    private final Services services;
    private final TabCalls calls;
    private volatile Optional<WebUser> user = Optional.empty();
    private boolean greeting;
    private boolean closed;
    private int refusals;
    private long heardAtMillis;
    private long pingedAtMillis;
    private long iceServersAtMillis;
    private final long openedAtMillis;

    Tab(ServerWebSocket socket, Services services) {
        this.socket = socket;
        this.services = services;
        this.calls = new TabCalls(this, services);
        openedAtMillis = services.nowMillis();
        heardAtMillis = openedAtMillis;
        pingedAtMillis = openedAtMillis;
        iceServersAtMillis = openedAtMillis;
    }

    /** Starts listening. */
    void open() {
        socket.setWriteQueueMaxSize(MAX_QUEUE_BYTES);
        socket.textMessageHandler(this::onText);
        socket.binaryMessageHandler(_ -> close(CloseCode.TEXT_ONLY));
        socket.pongHandler(_ -> heardAtMillis = services.nowMillis());
        socket.exceptionHandler(this::onFailure);
    }

    /** Vert.x tells of a message beyond its limit, and then reads on as if nothing had been sent. */
    private void onFailure(Throwable failure) {
        services.counters().count("socket.failed");
        if (!(failure instanceof IOException)) {
            close(CloseCode.TOO_LARGE);
        }
    }

    private void onText(String text) {
        heardAtMillis = services.nowMillis();
        services.counters().count("socket.messages");
        ClientMessage message;
        try {
            message = ClientMessage.parse(text);
        } catch (BadMessage e) {
            refuse(Json.object(), new Refused(ProblemCode.BAD_REQUEST, e.getMessage()));
            return;
        }
        try {
            if (user.isEmpty()) {
                greet(message);
            } else {
                services.front().limitUser(user.get());
                refusals = 0;
                onMessage(message);
            }
        } catch (Refused e) {
            refuse(message.about(), e);
        }
    }

    /** One refusal is told; a flood of them ends the socket. */
    private void refuse(ObjectNode about, Refused refused) {
        error(about, refused);
        if (++refusals > MAX_REFUSALS || user.isEmpty()) {
            close(user.isEmpty() ? CloseCode.UNAUTHORIZED : CloseCode.TOO_MANY);
        }
    }

    private void greet(ClientMessage message) {
        if (greeting || !(message instanceof ClientMessage.Hello hello)) {
            throw new Refused(ProblemCode.UNAUTHORIZED, "The first message must be \"hello\" with a token.");
        }
        greeting = true;
        services.front().verify(hello.token()).onSuccess(this::enter).onFailure(failure -> {
            error(hello.about(), failure);
            close(CloseCode.UNAUTHORIZED);
        });
    }

    /** From here on we know whose tab it is. */
    void enter(WebUser known) {
        if (closed) {
            return;
        }
        if (!services.quota().enter(known.name())) {
            error(
                    Json.object().put("about", "hello"),
                    new Refused(ProblemCode.TOO_MANY_CONNECTIONS, "Close another tab first."));
            close(CloseCode.TOO_MANY);
            return;
        }
        services.quota().leaveStranger();
        user = Optional.of(known);
        services.loop()
                .await(services.calls().liveCalls(known.name()))
                .onSuccess(live -> {
                    welcome(known, live);
                    if (!closed) {
                        services.users().enter(known.name(), this);
                    }
                })
                .onFailure(failure -> {
                    error(Json.object().put("about", "hello"), failure);
                    close(CloseCode.STOPPING);
                });
    }

    private void welcome(WebUser known, List<CallId> live) {
        ObjectNode json = message("welcome").put("user", known.name());
        ArrayNode numbers = json.putArray("numbers");
        known.limits().numbers().forEach(numbers::add);
        ArrayNode ids = json.putArray("calls");
        live.forEach(id -> ids.add(id.value()));
        json.put("expiresAt", known.expiresAt().toString());
        send(iceServers(known).describe(json));
    }

    private IceServerList iceServers(WebUser known) {
        iceServersAtMillis = services.nowMillis();
        return services.iceServers().forUser(known.name(), services.clock().instant());
    }

    private void onMessage(ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello _ -> throw new Refused(ProblemCode.BAD_REQUEST, "You said \"hello\" before.");
            case ClientMessage.Token token -> renew(token);
            case ClientMessage.Ping _ -> send(message("pong"));
            case ClientMessage.Call call -> calls.place(call, user.orElseThrow());
            case ClientMessage.Answer answer -> calls.answer(answer, user.orElseThrow());
            case ClientMessage.Renegotiate wish -> calls.renegotiate(wish, user.orElseThrow());
            case ClientMessage.Decline decline -> calls.decline(decline, user.orElseThrow());
            case ClientMessage.Candidates candidates -> calls.candidates(candidates, user.orElseThrow());
            case ClientMessage.Transfer wish -> calls.transfer(wish, user.orElseThrow());
            case ClientMessage.Hangup hangup -> calls.hangUp(hangup, user.orElseThrow());
            case ClientMessage.Resume resume -> calls.resume(resume, user.orElseThrow());
        }
    }

    private void renew(ClientMessage.Token message) {
        services.front()
                .verify(message.token())
                .compose(fresh -> fresh.name().equals(user.orElseThrow().name())
                        ? Future.succeededFuture(fresh)
                        : Future.failedFuture(TokenVerifier.unauthorized("it is another user's")))
                .onSuccess(fresh -> {
                    user = Optional.of(fresh);
                    services.users().ringStill(fresh.name(), this);
                })
                .onFailure(failure -> error(message.about(), failure));
    }

    /** Whether the token still holds: it is needed to begin a call, and not to go on with one. */
    boolean mayRing() {
        return user.filter(known -> known.expiresAt().isAfter(services.clock().instant()))
                .isPresent();
    }

    void ring(Presence.IncomingCall call) {
        services.loop().execute(() -> calls.ring(call));
    }

    void stopRinging(CallId call, Presence.Reason reason) {
        services.loop().execute(() -> calls.stopRinging(call, reason));
    }

    /** Pings, renews passwords, and drops a socket that has been silent for too long or never said who it is. */
    void onTime(long nowMillis) {
        if (closed) {
            return; // One that is dead does not answer our close frame, and stays until its connection is given up.
        }
        Timings timings = services.timings();
        if (user.isEmpty() && nowMillis - openedAtMillis >= timings.hello().toMillis()) {
            close(CloseCode.HELLO_TIMEOUT);
        } else if (nowMillis - heardAtMillis >= timings.dead().toMillis()) {
            services.counters().count("socket.dead");
            close(CloseCode.DEAD);
        } else if (nowMillis - pingedAtMillis >= timings.ping().toMillis()) {
            pingedAtMillis = nowMillis;
            if (!socket.isClosed()) {
                socket.writePing(Buffer.buffer());
            }
        }
        if (mayRing()
                && services.iceServers()
                        .renewedAfter()
                        .filter(age -> nowMillis - iceServersAtMillis >= age.toMillis())
                        .isPresent()) {
            send(iceServers(user.orElseThrow()).describe(message("ice-servers")));
        }
    }

    static ObjectNode message(String type) {
        return Json.object().put("type", type);
    }

    /** Sends, unless the other side reads too slowly: then it has to come back and resume. */
    void send(ObjectNode json) {
        if (closed || socket.isClosed()) {
            return;
        }
        if (socket.writeQueueFull()) {
            services.counters().count("socket.slow");
            close(CloseCode.TOO_SLOW);
            return;
        }
        socket.writeTextMessage(Json.text(json));
    }

    /** Tells of a failure; {@code about} holds the members that say what it is about. */
    void error(ObjectNode about, Throwable failure) {
        Problem problem = services.problems().of(failure);
        ObjectNode json = message("error").setAll(about);
        json.put("code", problem.code()).put("detail", problem.detail());
        problem.retryAfterSeconds().ifPresent(seconds -> json.put("retryAfterSeconds", seconds));
        send(json);
    }

    boolean isClosed() {
        return closed;
    }

    void close(CloseCode code) {
        if (!closed) {
            onClosed();
            socket.close((short) code.number(), code.reason());
        }
    }

    /** Gives back all that the socket held. */
    void onClosed() {
        if (closed) {
            return;
        }
        closed = true;
        calls.close();
        user.ifPresentOrElse(
                known -> {
                    services.users().leave(known.name(), this);
                    services.quota().leave(known.name());
                },
                services.quota()::leaveStranger);
    }
}
