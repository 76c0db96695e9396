package io.copperline.gateway.web;

import io.copperline.gateway.call.CallId;
import io.copperline.gateway.call.Presence;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The tabs of all web users, and the calls that ring in them. Shards ask here while the web loop adds and removes tabs, so
 * the two tables are concurrent; every tab does its own work on the loop.
 */
public final class WebUsers implements Presence {
    private final Map<String, List<Tab>> tabs = new ConcurrentHashMap<>();
    private final Map<Ringing, IncomingCall> ringing = new ConcurrentHashMap<>();

    @Override
    public int ring(String user, IncomingCall call) {
        // The call is noted before the tabs are counted: a tab that comes in between finds it (and ignores a second
        // ring).
        ringing.put(new Ringing(user, call.id()), call);
        List<Tab> present =
                tabs.getOrDefault(user, List.of()).stream().filter(Tab::mayRing).toList();
        present.forEach(tab -> tab.ring(call));
        if (present.isEmpty()) {
            ringing.remove(new Ringing(user, call.id()));
        }
        return present.size();
    }

    @Override
    public void stopRinging(String user, CallId id, Reason reason) {
        ringing.remove(new Ringing(user, id));
        tabs.getOrDefault(user, List.of()).forEach(tab -> tab.stopRinging(id, reason));
    }

    /** Counts a tab in, and rings it if its user's phone rings already. */
    void enter(String user, Tab tab) {
        tabs.merge(
                user,
                List.of(tab),
                (old, added) -> Stream.concat(old.stream(), added.stream()).toList());
        ringStill(user, tab);
    }

    void ringStill(String user, Tab tab) {
        ringing.forEach((at, call) -> {
            if (at.user().equals(user)) {
                tab.ring(call);
            }
        });
    }

    void leave(String user, Tab tab) {
        tabs.computeIfPresent(user, (_, old) -> {
            List<Tab> rest = old.stream().filter(other -> other != tab).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    /** How many web users have a tab open. */
    public int present() {
        return tabs.size();
    }

    private record Ringing(String user, CallId call) {}
}
