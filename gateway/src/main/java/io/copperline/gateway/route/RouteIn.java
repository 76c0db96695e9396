package io.copperline.gateway.route;

import io.copperline.config.CallLimits;
import io.copperline.config.RingPlan;
import io.copperline.config.Treatment;
import io.copperline.config.Webhook;
import java.util.Optional;

/**
 * Where a call in goes.
 *
 * @param treatment what becomes of it
 * @param usual how phones ring, where the webhook says whose and no more
 * @param webhook who is asked first; {@code treatment} is for when it does not say
 * @param rule the rule, in words, with its line in the file
 * @param limits how many calls may come in by it
 */
public record RouteIn(Treatment treatment, RingPlan usual, Optional<Webhook> webhook, String rule, CallLimits limits) {}
