package io.copperline.gateway.call;

import io.copperline.gateway.call.CallRefused.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Notices calls that go round in circles by way of carriers that tell nobody who has forwarded them: our own call out comes back, or the same
 * caller calls the same number again and again, and none of the calls is answered before the one behind it. Used from any thread.
 */
final class Circles {
    /** More than people who share a number bring about where calls are answered at all. */
    private static final int MOST_ALIKE = 10;

    /**
     * Hidden callers have nothing in common but that. A circle brings the next of them about within a second, which people do to a whole
     * country's favourite number only.
     */
    private static final Duration HIDDEN_FOR = Duration.ofSeconds(10);

    /**
     * A call that wants to go on.
     *
     * @param from who calls; without a digit where he is hidden
     * @param to whom
     * @param shown the caller that the next one is to see
     * @param sipCallId as it came in
     */
    record Passing(String from, String to, String shown, String sipCallId) {
        private boolean isHidden() {
            return from.chars().noneMatch(Character::isDigit);
        }

        /** Redacted. */
        @Override
        public String toString() {
            return "Passing";
        }
    }

    private final Map<String, List<Turn>> underWay = new ConcurrentHashMap<>();

    /** One call's turn, to be given back when it is answered or over, once or more. */
    final class Turn {
        private final Passing call;
        private final Instant began;
        private volatile String outAs = "";

        private Turn(Passing call, Instant began) {
            this.call = call;
            this.began = began;
        }

        /** It goes out by a leg of this Call-ID. */
        void goesOut(String sipCallId) {
            outAs = sipCallId;
        }

        void over() {
            underWay.computeIfPresent(call.to(), (_, turns) -> {
                List<Turn> left = turns.stream().filter(one -> one != this).toList();
                return left.isEmpty() ? null : left;
            });
        }

        /** Whether that call is this one, come back: by a proxy, which keeps the Call-ID, or as a call of the number to itself. */
        private boolean isBackAs(Passing other) {
            boolean calledItself = other.from().equals(other.to());
            return !outAs.isEmpty() && outAs.equals(other.sipCallId())
                    || calledItself
                            && call.shown().equals(other.from())
                            && !call.from().equals(other.from());
        }

        private boolean isAlike(Passing other, Instant now) {
            return other.isHidden()
                    ? call.isHidden() && now.isBefore(began.plus(HIDDEN_FOR))
                    : call.from().equals(other.from());
        }
    }

    /** A call goes on; fails with {@link CallRefused} where it seems to have done so before. */
    Turn enter(Passing call, Instant now) {
        Turn turn = new Turn(call, now);
        underWay.compute(call.to(), (_, turns) -> {
            List<Turn> before = turns == null ? List.of() : turns;
            refuse(call, before, now);
            return Stream.concat(before.stream(), Stream.of(turn)).toList();
        });
        return turn;
    }

    private static void refuse(Passing call, List<Turn> before, Instant now) {
        if (before.stream().anyMatch(turn -> turn.isBackAs(call))) {
            throw circle("it is one that goes on from here, come back");
        }
        if (before.stream().filter(turn -> turn.isAlike(call, now)).count() >= MOST_ALIKE) {
            throw circle(
                    call.isHidden()
                            ? "too many calls of hidden callers to this number have come within "
                                    + HIDDEN_FOR.toSeconds() + " s"
                            : "too many calls of this caller to this number are on their way already");
        }
    }

    static CallRefused circle(String why) {
        return new CallRefused(Code.DESTINATION_NOT_ALLOWED, "It would go round in circles: " + why + ".");
    }

    /** Calls on their way. */
    int remembered() {
        return underWay.values().stream().mapToInt(List::size).sum();
    }
}
