package io.copperline.gateway.web;

/** Why we close a WebSocket (RFC 6455 section 7.4; 4000 and up are ours). */
enum CloseCode {
    STOPPING(1001, "stopping"),
    TEXT_ONLY(1003, "text only"),
    TOO_LARGE(1009, "message too large"),
    UNAUTHORIZED(4401, "unauthorized"),
    HELLO_TIMEOUT(4408, "no hello"),
    DEAD(4409, "silent for too long"),
    TOO_SLOW(4413, "reads too slowly"),
    TOO_MANY(4429, "too many");

    private final int number;
    private final String reason;

    CloseCode(int number, String reason) {
        this.number = number;
        this.reason = reason;
    }

    int number() {
        return number;
    }

    String reason() {
        return reason;
    }
}
