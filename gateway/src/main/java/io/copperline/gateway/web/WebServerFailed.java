package io.copperline.gateway.web;

/** The browser-facing door cannot open: an operator's mistake, or a port that is taken. The message says what to do. */
public final class WebServerFailed extends Exception {
    private static final long serialVersionUID = 1;

    WebServerFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
