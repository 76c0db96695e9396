package io.copperline.config;

import io.copperline.codecs.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * A web service that says where a call in goes.
 *
 * @param url https or http
 * @param secret with which questions are signed
 * @param patience how long its answer is waited for
 */
public record Webhook(URI url, Secret secret, Duration patience) {
    /** Its host alone: path and query may hold what is nobody's business. */
    @Override
    public String toString() {
        return "Webhook[" + url.getHost() + "]";
    }
}
