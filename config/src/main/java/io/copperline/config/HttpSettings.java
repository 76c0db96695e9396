package io.copperline.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The browser-facing door.
 *
 * @param bind the local address
 * @param port the TCP port; 0 takes a free one
 * @param publicUrl how browsers reach us, where that is not {@code bind} and {@code port}
 * @param tls certificate files; without them the door is plain HTTP, which is for loopback and for behind a proxy
 * @param trustedProxies addresses and networks (CIDR) whose {@code X-Forwarded-*} headers are believed
 * @param allowedOrigins origins whose pages may call us, beside our own; {@code *} allows every one
 */
public record HttpSettings(
        String bind,
        int port,
        Optional<URI> publicUrl,
        Optional<Tls> tls,
        List<String> trustedProxies,
        List<String> allowedOrigins,
        Limits limits) {
    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /**
     * PEM files, read again when they change.
     *
     * @param certificate our certificate, followed by its chain
     * @param key its private key, PKCS #8
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * What one user or address may take.
     *
     * @param bodyBytes the largest request body
     * @param messageBytes the largest WebSocket message
     * @param sockets WebSockets and event streams open at once, of everybody
     * @param socketsPerUser the same, of one user
     * @param requestsPerMinutePerUser requests and WebSocket messages of one user
     * @param requestsPerMinutePerAddress requests of one address, before they are authenticated
     */
    public record Limits(
            int bodyBytes,
            int messageBytes,
            int sockets,
            int socketsPerUser,
            int requestsPerMinutePerUser,
            int requestsPerMinutePerAddress) {}
}
