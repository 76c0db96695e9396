package io.copperline.webrtc.datachannel;

/** A message was not taken. Nothing of it was sent, and the channel is as it was. */
public final class SendRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The channel is not open yet, or no longer. */
        NOT_OPEN,
        /** It is larger than the other side takes: {@link SctpTransport#maxMessageSize}. */
        TOO_LARGE,
        /** Too much waits already: go on at the {@code BufferedAmountLow} event. */
        BUFFER_FULL
    }

    private final Reason reason;

    SendRefused(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** What the caller can do depends on it; the message is for people. */
    public Reason reason() {
        return reason;
    }
}
