package io.copperline.gateway.web;

/** Why the web side itself refuses something; {@link io.copperline.gateway.call.CallRefused.Code} has the calls' reasons. */
enum ProblemCode {
    BAD_REQUEST("bad-request", 400, "The request cannot be read"),
    UNAUTHORIZED("unauthorized", 401, "A valid token is needed"),
    NOT_AN_OPERATOR("not-an-operator", 403, "An operator's token is needed"),
    ORIGIN_NOT_ALLOWED("origin-not-allowed", 403, "This page may not call the gateway"),
    NOT_FOUND("not-found", 404, "Nothing is here"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "This method does not work here"),
    TIMEOUT("timeout", 408, "The request took too long to arrive"),
    TOO_LARGE("too-large", 413, "The request is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The body has the wrong type"),
    BUSY("busy", 409, "This is being done already"),
    RATE_LIMITED("rate-limited", 429, "Too many requests"),
    TOO_MANY_CONNECTIONS("too-many-connections", 429, "Too many open connections"),
    INTERNAL("internal", 500, "The gateway failed"),
    KEYS_UNAVAILABLE("keys-unavailable", 503, "Tokens cannot be checked at the moment");

    private final String wireName;
    private final int httpStatus;
    private final String title;

    ProblemCode(String wireName, int httpStatus, String title) {
        this.wireName = wireName;
        this.httpStatus = httpStatus;
        this.title = title;
    }

    String wireName() {
        return wireName;
    }

    int httpStatus() {
        return httpStatus;
    }

    String title() {
        return title;
    }
}
