package io.copperline.gateway.web;

import io.copperline.gateway.call.CallEvent;
import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.Calls;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * One listener's view of a call's events, numbered from 1 as they happened. A replay gives each event the number it had
 * before, so a listener that comes back says which one it saw last. Owned by the web loop.
 */
final class CallFeed implements AutoCloseable {
    /** Hears of events on the loop. */
    @FunctionalInterface
    interface Listener {
        void event(int number, CallEvent event);
    }

    private final int after;
    private final Listener listener;
    private Optional<AutoCloseable> subscription = Optional.empty();
    private int number;
    private boolean closed;

    private CallFeed(int after, Listener listener) {
        this.after = after;
        this.listener = listener;
    }

    /**
     * Starts telling {@code listener} of all events behind number {@code after}.
     *
     * @return when the call is known to exist; fails with {@code no-such-call} where the user has none of this id. Events
     *     may come before
     */
    static Future<CallFeed> open(Calls calls, Loop loop, CallId call, WebUser user, int after, Listener listener) {
        var feed = new CallFeed(after, listener);
        return loop.await(calls.subscribe(call, user.name(), loop, feed::onEvent))
                .map(found -> feed.begin(found.orElseThrow(Front::noSuchCall)));
    }

    private CallFeed begin(AutoCloseable opened) {
        if (closed) {
            closeQuietly(opened);
        } else {
            subscription = Optional.of(opened);
        }
        return this;
    }

    private void onEvent(CallEvent event) {
        number++;
        if (!closed && number > after) {
            listener.event(number, event);
        }
        if (event instanceof CallEvent.Ended) {
            close();
        }
    }

    /** Whether nothing more will come: the call has ended, or we were closed. */
    boolean isOver() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        subscription.ifPresent(CallFeed::closeQuietly);
        subscription = Optional.empty();
    }

    private static void closeQuietly(AutoCloseable subscription) {
        try {
            subscription.close();
        } catch (Exception e) {
            throw new IllegalStateException("a subscription did not close", e);
        }
    }
}
