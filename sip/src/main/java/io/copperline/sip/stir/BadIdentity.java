package io.copperline.sip.stir;

/** Why an Identity header does not hold, with the status that RFC 8224 section 6.2.2 has for it. */
final class BadIdentity extends Exception {
    private static final long serialVersionUID = 1L;
    static final int STALE_DATE = 403;
    static final int BAD_INFO = 436;
    static final int UNSUPPORTED_CREDENTIAL = 437;
    static final int INVALID = 438;

    private final int status;

    BadIdentity(int status, String reason) {
        super(reason, null, false, false); // noise from outside: no stack trace
        this.status = status;
    }

    static BadIdentity invalid(String reason) {
        return new BadIdentity(INVALID, reason);
    }

    int status() {
        return status;
    }
}
