package io.copperline.sip;

/** SIP cannot start. The message names the address, the port or the file, and what to do about it. */
public final class SipStartException extends Exception {
    private static final long serialVersionUID = 1L;

    public SipStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
