package io.copperline.gateway.web;

/** A WebSocket message that cannot be read. Stackless; the text is for the program's author. */
final class BadMessage extends Exception {
    private static final long serialVersionUID = 1;

    BadMessage(String message) {
        super(message, null, false, false);
    }
}
