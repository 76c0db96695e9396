package io.copperline.gateway.call;

import io.copperline.config.CallLimits;
import java.util.OptionalInt;

/**
 * How far a trunk is with its limits.
 *
 * @param channels how many it may have, in and out together
 * @param channelsNow how many it has
 * @param out what calls out may be
 * @param callsNow how many of them there are
 * @param minutesToday how long they have talked since midnight
 */
public record TrunkUse(OptionalInt channels, int channelsNow, CallLimits out, int callsNow, double minutesToday) {}
