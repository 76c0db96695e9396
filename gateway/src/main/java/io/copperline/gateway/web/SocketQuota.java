package io.copperline.gateway.web;

import io.copperline.config.HttpSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts what stays open: WebSockets and event streams, of everybody and of each user. A socket that has not said who it
 * is counts apart, so strangers cannot use up the places of users. Owned by the web loop.
 */
final class SocketQuota {
    private final HttpSettings.Limits limits;
    private final int maxStrangers;
    private final Map<String, Integer> byUser = new HashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger();

    SocketQuota(HttpSettings.Limits limits) {
        this.limits = limits;
        this.maxStrangers = Math.max(8, limits.sockets() / 4);
    }

    boolean enter(String user) {
        int own = byUser.getOrDefault(user, 0);
        if (open.get() >= limits.sockets() || own >= limits.socketsPerUser()) {
            return false;
        }
        open.incrementAndGet();
        byUser.put(user, own + 1);
        return true;
    }

    void leave(String user) {
        open.decrementAndGet();
        byUser.computeIfPresent(user, (_, own) -> own > 1 ? own - 1 : null);
    }

    boolean enterStranger() {
        if (strangers.get() >= maxStrangers) {
            return false;
        }
        strangers.incrementAndGet();
        return true;
    }

    void leaveStranger() {
        strangers.decrementAndGet();
    }

    /** All of them; from any thread. */
    int open() {
        return open.get() + strangers.get();
    }
}
