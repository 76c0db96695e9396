package io.copperline.config;

import java.time.Duration;
import java.util.List;

/**
 * Whose phones ring for a call.
 *
 * @param users the {@code sub} of their tokens
 * @param each how long everybody's phone rings, or each one's in turn
 */
public record RingPlan(List<String> users, Order order, Duration each) {
    private static final Duration USUAL = Duration.ofSeconds(60);
    private static final Duration USUAL_IN_TURN = Duration.ofSeconds(20);

    /** How phones ring, and whose is not said. */
    public static final RingPlan NOBODY = new RingPlan(List.of(), Order.TOGETHER, USUAL);

    public RingPlan {
        users = List.copyOf(users);
    }

    public enum Order {
        /** All at once; the first answer wins. */
        TOGETHER,
        /** One after the other, as they stand. */
        IN_TURN;

        /** How long phones ring where nothing is said. */
        public Duration usual() {
            return this == TOGETHER ? USUAL : USUAL_IN_TURN;
        }
    }

    /** The same for these users. */
    public RingPlan of(List<String> others) {
        return new RingPlan(others, order, each);
    }

    /** One user's phone, for a minute. */
    public static RingPlan of(String user) {
        return new RingPlan(List.of(user), Order.TOGETHER, USUAL);
    }
}
