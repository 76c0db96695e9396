package io.copperline.config;

import java.util.Optional;
import java.util.OptionalInt;

/** The keys that limit calls out, wherever they stand. */
final class LimitKeys {
    static final Key<Integer> CALLS = Key.open("calls", Types.whole(1, 100_000), "30", "Calls out at once.");
    static final Key<Integer> PER_SECOND =
            Key.open("calls-per-second", Types.whole(1, 1_000), "5", "Calls out begun within any second.");
    static final Key<Integer> MINUTES = Key.open(
            "minutes-per-day",
            Types.whole(1, 10_000_000),
            "600",
            "Minutes talked from midnight to midnight, by routes.time-zone.");

    static final Section OF_TRUNK = Section.of(
            "limits",
            "How many calls may go out by the trunk; beyond that, a call goes to the next trunk of its rule.",
            CALLS,
            PER_SECOND,
            MINUTES);
    static final Section OF_ROUTE = Section.of(
            "limits", "How many calls may go by the rule; beyond that they are refused.", CALLS, PER_SECOND, MINUTES);

    private LimitKeys() {}

    static CallLimits read(Fields fields) {
        return new CallLimits(
                number(fields.maybe(CALLS)), number(fields.maybe(PER_SECOND)), number(fields.maybe(MINUTES)));
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
