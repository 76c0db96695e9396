package io.copperline.gateway.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.Calls;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;

/**
 * A call's events as server-sent events (HTML standard, section 9.2): all from the start, or behind the
 * {@code Last-Event-ID}, until the call has ended. The id of the last event is {@code ended}; who comes back with it is
 * answered 204, which is how an EventSource is told to stop. Owned by the web loop.
 */
final class EventStream {
    private static final int MAX_QUEUE_BYTES = 64 * 1024;
    private static final String LAST_ID = "ended";

    private final RoutingContext context;
    private final HttpServerResponse response;
    private final WebUser user;
    private final Loop loop;
    private final Duration heartbeat;
    private final SocketQuota quota;
    private Optional<CallFeed> feed = Optional.empty();
    private Loop.Timer beat = () -> {};
    private boolean begun;
    private boolean over;

    EventStream(RoutingContext context, Loop loop, Duration heartbeat, SocketQuota quota) {
        this.context = context;
        this.response = context.response();
        this.user = Front.user(context);
        this.loop = loop;
        this.heartbeat = heartbeat;
        this.quota = quota;
    }

    void start(Calls calls, CallId call) {
        String lastId = Optional.ofNullable(context.request().getHeader("Last-Event-ID"))
                .orElse("");
        if (lastId.equals(LAST_ID)) {
            nothingMore(calls, call);
            return;
        }
        if (!quota.enter(user.name())) {
            throw new Refused(ProblemCode.TOO_MANY_CONNECTIONS, "Close an event stream or a WebSocket first.");
        }
        response.closeHandler(_ -> close());
        response.exceptionHandler(_ -> close());
        CallFeed.open(calls, loop, call, user, number(lastId), this::send)
                .onSuccess(this::opened)
                .onFailure(failure -> {
                    close();
                    context.fail(failure);
                });
    }

    private void nothingMore(Calls calls, CallId call) {
        loop.await(calls.snapshot(call, user.name()))
                .map(found -> found.orElseThrow(Front::noSuchCall))
                .onSuccess(_ -> response.setStatusCode(204).end())
                .onFailure(context::fail);
    }

    private void opened(CallFeed opened) {
        if (over) {
            opened.close();
            return;
        }
        feed = Optional.of(opened);
        begin();
    }

    private void begin() {
        if (begun) {
            return;
        }
        begun = true;
        response.setChunked(true)
                .setWriteQueueMaxSize(MAX_QUEUE_BYTES)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("X-Accel-Buffering", "no");
        write("retry: 2000\n\n");
        beat = loop.after(heartbeat, this::heartbeat);
    }

    private void heartbeat() {
        if (!over) {
            write(": still here\n\n");
            beat = loop.after(heartbeat, this::heartbeat);
        }
    }

    private void send(int number, CallEvent event) {
        if (over) {
            return;
        }
        begin();
        ObjectNode data = Wire.describe(event, Json.object());
        boolean last = event instanceof CallEvent.Ended;
        String id = last ? LAST_ID : String.valueOf(number);
        write("id: " + id + "\nevent: " + Wire.name(event) + "\ndata: " + Json.text(data) + "\n\n");
        if (last && !over) {
            close();
            if (!response.closed()) {
                response.end();
            }
        }
    }

    private void write(String text) {
        if (over || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            // A reader this slow comes back with its Last-Event-ID; meanwhile it must not hold our memory.
            close();
            response.reset();
            return;
        }
        response.write(text);
    }

    private void close() {
        if (over) {
            return;
        }
        over = true;
        beat.cancel();
        feed.ifPresent(CallFeed::close);
        quota.leave(user.name());
    }

    private static int number(String lastId) {
        return lastId.matches("[0-9]{1,8}") ? Integer.parseInt(lastId) : 0;
    }
}
