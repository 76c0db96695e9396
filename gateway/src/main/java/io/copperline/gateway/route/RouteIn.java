package io.copperline.gateway.route;

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
 * @param line of the rule in the file
 */
public record RouteIn(Treatment treatment, RingPlan usual, Optional<Webhook> webhook, int line) {}
