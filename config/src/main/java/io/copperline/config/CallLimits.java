package io.copperline.config;

import java.util.OptionalInt;

/**
 * How many calls go out by something, a trunk, a rule, a user, or in by a rule.
 *
 * @param calls at once
 * @param perSecond begun within any second
 * @param minutesPerDay talked from midnight to midnight
 */
public record CallLimits(OptionalInt calls, OptionalInt perSecond, OptionalInt minutesPerDay) {
    /** As many as come. */
    public static final CallLimits NONE = new CallLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
}
