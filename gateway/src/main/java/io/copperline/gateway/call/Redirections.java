package io.copperline.gateway.call;

import io.copperline.sip.SipEnd;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Where one call is sent by 3xx (RFC 3261 section 8.1.3.4): to no place twice, and not for ever. Owned by its call. */
final class Redirections {
    private static final Set<Integer> REDIRECTED = Set.of(300, 301, 302);
    private static final int MOST = 5;

    private final Set<String> called = new HashSet<>();
    private int times;

    /** @param first the ways that the call would take by itself */
    Redirections(List<Way> first) {
        first.forEach(way -> called.add(place(way)));
    }

    /**
     * The ways by which the call goes on; empty where it does not.
     *
     * @param end how the way before has ended
     * @param allowed those that the redirection leaves open
     */
    List<Way> follow(SipEnd end, Supplier<List<Way>> allowed) {
        if (!REDIRECTED.contains(end.status()) || times == MOST) {
            return List.of();
        }
        times++;
        return allowed.get().stream().filter(way -> called.add(place(way))).toList();
    }

    /** What must not be called twice. */
    private static String place(Way way) {
        return way.trunk() + " " + way.onward().uri().orElse(way.to());
    }
}
