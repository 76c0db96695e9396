package io.copperline.gateway;

/** The gateway cannot start. The message is for the operator: what, and what to do. */
public final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailed(String message) {
        super(message, null, false, false);
    }
}
