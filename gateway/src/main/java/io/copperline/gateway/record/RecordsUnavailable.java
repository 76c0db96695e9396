package io.copperline.gateway.record;

/** The database of call records cannot be used. The message says which and what to do about it; it holds no password. */
public final class RecordsUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    RecordsUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
