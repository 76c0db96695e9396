package io.copperline.config;

import io.copperline.codecs.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * STUN and TURN servers that pages are told of.
 *
 * @param urls {@code stun:}, {@code turn:} and {@code turns:} URIs (RFC 7064, 7065), as they stand in the file
 * @param login how their TURN servers know our pages; there whenever one of the URLs is a TURN server's
 */
public record IceServerSettings(List<String> urls, Optional<Login> login) {
    public IceServerSettings {
        urls = List.copyOf(urls);
    }

    /** How a TURN server knows whom it relays for. */
    public sealed interface Login {}

    /**
     * The TURN server knows the same secret (coturn's {@code use-auth-secret}): each page gets a name and a password of its
     * own, which end by themselves.
     *
     * @param ttl how long they hold
     */
    public record SharedSecret(Secret secret, Duration ttl) implements Login {}

    /** One account for all pages, which everybody who may call can read. */
    public record Account(String username, Secret credential) implements Login {}
}
