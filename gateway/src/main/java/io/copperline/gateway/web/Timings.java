package io.copperline.gateway.web;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param tick how often open connections are looked at
 * @param heartbeat between comments on a quiet event stream
 * @param ping between pings on a WebSocket
 * @param dead silence after which a WebSocket is dropped
 * @param hello for the first message of a WebSocket
 * @param request for the head and for the body of a request to arrive
 * @param certificates between looks at the certificate files
 */
record Timings(
        Duration tick,
        Duration heartbeat,
        Duration ping,
        Duration dead,
        Duration hello,
        Duration request,
        Duration certificates) {
    static final Timings STANDARD = new Timings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20),
            Duration.ofSeconds(44),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));
}
