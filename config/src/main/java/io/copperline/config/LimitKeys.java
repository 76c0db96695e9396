package io.copperline.config;

import java.util.Optional;
import java.util.OptionalInt;

/** The keys that limit calls, wherever they stand. */
final class LimitKeys {
    static final Key<Integer> CALLS = Key.open("calls", Types.whole(1, 100_000), "30", "Calls out at once.");
    static final Key<Integer> PER_SECOND =
            Key.open("calls-per-second", Types.whole(1, 1_000), "5", "Calls out begun within any second.");
    static final Key<Integer> MINUTES = Key.open(
            "minutes-per-day",
            Types.whole(1, 10_000_000),
            "600",
            "Minutes talked from midnight to midnight, by routes.time-zone.");

    private static final Key<Integer> CHANNELS = Key.open(
            "channels",
            Types.whole(1, 100_000),
            "40",
            "Calls at once, in and out together: the channels that the carrier sells. Emergency calls take one without asking.");
    private static final Key<Integer> CALLS_IN = Key.open("calls", Types.whole(1, 100_000), "5", "Calls at once.");
    private static final Key<Integer> IN_PER_SECOND =
            Key.open("calls-per-second", Types.whole(1, 1_000), "2", "Calls begun within any second.");

    static final Section OF_TRUNK = Section.of(
            "limits",
            "How many calls there may be on the trunk. Beyond that, a call out goes to the next trunk of its rule, and a"
                    + " call in (channels) is refused by 503.",
            CHANNELS,
            CALLS,
            PER_SECOND,
            MINUTES);
    static final Section OF_ROUTE = Section.of(
            "limits", "How many calls may go by the rule; beyond that they are refused.", CALLS, PER_SECOND, MINUTES);

    static final Section OF_INBOUND = Section.of(
            "limits",
            "How many calls may come in by the rule; beyond that they are refused as busy (486).",
            CALLS_IN,
            IN_PER_SECOND);

    private LimitKeys() {}

    static CallLimits ofInbound(Fields fields) {
        return new CallLimits(number(fields.maybe(CALLS_IN)), number(fields.maybe(IN_PER_SECOND)), OptionalInt.empty());
    }

    /** Calls in and out at once, which those out alone cannot exceed. */
    static Optional<Integer> channels(Fields trunk) {
        Optional<Integer> channels = trunk.maybe(CHANNELS);
        Optional<Integer> out = trunk.maybe(CALLS);
        if (channels.isPresent() && out.isPresent() && out.get() > channels.get()) {
            trunk.problem(
                    CALLS,
                    "at most the trunk's channels (" + channels.get() + "), which calls out share with calls in",
                    out.get().toString(),
                    "lower calls or raise channels; without calls, calls out may take all channels");
        }
        return channels;
    }

    static CallLimits read(Fields fields) {
        return new CallLimits(
                number(fields.maybe(CALLS)), number(fields.maybe(PER_SECOND)), number(fields.maybe(MINUTES)));
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }
}
