package io.copperline.gateway.record;

import java.time.Instant;

/**
 * A call out, or on, that was answered and is over.
 *
 * @param user the web user; empty where it is nobody's
 * @param trunk by which it went
 * @param rule likewise, in words
 */
public record Talk(String user, String trunk, String rule, Instant answeredAt, Instant endedAt) {}
