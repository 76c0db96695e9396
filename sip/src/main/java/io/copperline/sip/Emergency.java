package io.copperline.sip;

import io.copperline.sip.location.CallerLocation;
import java.time.Instant;
import java.util.Optional;

/**
 * What a call for help is beside a call: its number is for every carrier as it stands, such as 112, and no tech-prefix belongs
 * before it.
 *
 * @param location where the caller is, as far as somebody knows
 * @param begun when the call was made, and the location true
 */
public record Emergency(Optional<CallerLocation> location, Instant begun) {}
