package io.copperline.gateway.web;

import io.copperline.gateway.call.PlaceCall;
import java.time.Instant;

/**
 * Whoever showed a valid token.
 *
 * @param name the token's {@code sub}
 * @param limits what the token allows
 * @param expiresAt from when on the token allows nothing
 * @param operator whether this is one who runs the gateway (the claim {@code operator})
 */
record WebUser(String name, PlaceCall.Limits limits, Instant expiresAt, boolean operator) {
    /** Longer tokens are not read. */
    static final int MAX_TOKEN_CHARS = 8192;
}
