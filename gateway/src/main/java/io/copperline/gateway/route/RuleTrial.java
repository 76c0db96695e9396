package io.copperline.gateway.route;

import java.util.Optional;

/**
 * What became of one rule for one call.
 *
 * @param rule in words, with its line
 * @param missed why it does not take the call; empty where it does
 */
public record RuleTrial(String rule, Optional<String> missed) {}
