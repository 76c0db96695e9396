package io.copperline.gateway.call;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices calls that go round in circles by way of a carrier that tells nobody who has forwarded them: in a circle the same caller calls the
 * same number again and again, and none of the calls is answered before the one behind it. Used from any thread.
 */
final class Circles {
    /** More than people who share a number, or hide theirs, bring about where calls are answered at all. */
    private static final int MOST_ALIKE = 10;

    private record Pair(String from, String to) {
        /** Redacted. */
        @Override
        public String toString() {
            return "Pair";
        }
    }

    private final Map<Pair, Integer> ringing = new ConcurrentHashMap<>();

    /** One call's turn, to be given back when it is answered or over, once or more. */
    final class Turn {
        private final Pair pair;
        private boolean taken = true;

        private Turn(Pair pair) {
            this.pair = pair;
        }

        void over() {
            if (taken) {
                taken = false;
                ringing.computeIfPresent(pair, (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    /** A call wants to go on; empty where too many of its kind are on their way already. */
    Optional<Turn> enter(String from, String to) {
        Pair pair = new Pair(from, to);
        int now = ringing.merge(pair, 1, Integer::sum);
        Turn turn = new Turn(pair);
        if (now > MOST_ALIKE) {
            turn.over();
            return Optional.empty();
        }
        return Optional.of(turn);
    }

    /** Calls on their way. */
    int remembered() {
        return ringing.size();
    }
}
