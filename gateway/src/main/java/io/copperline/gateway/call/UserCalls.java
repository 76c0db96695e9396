package io.copperline.gateway.call;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many calls there are, in all and of each user, against what is allowed. Used from any thread. */
final class UserCalls {
    private final int mostOfAll;
    private final AtomicInteger all = new AtomicInteger();
    private final Map<String, Integer> ofUser = new ConcurrentHashMap<>();

    UserCalls(int mostOfAll) {
        this.mostOfAll = mostOfAll;
    }

    /** Counts a call in, or says why it may not be. */
    void enter(String user, OptionalInt mostOfUser) {
        enter();
        int own = ofUser.merge(user, 1, Integer::sum);
        if (mostOfUser.isPresent() && own > mostOfUser.getAsInt()) {
            leave(user);
            throw new CallRefused(
                    CallRefused.Code.TOO_MANY_CALLS, "The token allows " + mostOfUser.getAsInt() + " calls at once.");
        }
    }

    /** Counts a call in that is nobody's yet, likewise. */
    void enter() {
        if (all.incrementAndGet() > mostOfAll) {
            all.decrementAndGet();
            throw new CallRefused(
                    CallRefused.Code.OVERLOADED, "All lines of this gateway are in use. Try again in a moment.");
        }
    }

    /** A call that is counted has become a user's. */
    void picked(String user) {
        ofUser.merge(user, 1, Integer::sum);
    }

    /** Counts a call out that never was anybody's. */
    void leave() {
        all.decrementAndGet();
    }

    /** Counts a call in that nothing may stop. */
    void enterAnyway(String user) {
        all.incrementAndGet();
        ofUser.merge(user, 1, Integer::sum);
    }

    void leave(String user) {
        all.decrementAndGet();
        ofUser.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
    }

    boolean isFull() {
        return all.get() >= mostOfAll;
    }

    int count() {
        return all.get();
    }
}
