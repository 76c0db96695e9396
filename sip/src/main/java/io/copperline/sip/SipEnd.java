package io.copperline.sip;

/**
 * How a leg ended.
 *
 * @param by who ended it
 * @param status the final SIP status, or 0 where none was involved
 * @param q850 the Q.850 cause of a Reason header (RFC 3326), or the one that goes with the status (RFC 3398), or 0
 * @param reason one line for people
 * @param retryable whether the same call on another trunk may succeed
 */
public record SipEnd(By by, Kind kind, int status, int q850, String reason, boolean retryable) {

    /** The same end, where it is known that another trunk may succeed. */
    SipEnd orElsewhere() {
        return new SipEnd(by, kind, status, q850, reason, true);
    }

    /** Who ended the leg. */
    public enum By {
        /** Whoever holds the leg. */
        LOCAL,
        /** The peer. */
        REMOTE,
        /** The SIP stack: a timer, a transport, a rule. */
        STACK
    }

    /** What kind of end it was. */
    public enum Kind {
        /** BYE after the answer. */
        HANGUP,
        /** The caller gave up before the answer. */
        CANCELLED,
        /** A final refusal, ours or the peer's. */
        REJECTED,
        /** Nobody answered in time. */
        TIMEOUT,
        /** Nothing came back at all, or the peer could not be reached. */
        UNREACHABLE,
        /** The peer did not take our credentials. */
        AUTHENTICATION,
        /** Nobody confirmed in time that the session still lives (RFC 4028). */
        SESSION_EXPIRED,
        /** The peer's SDP made no sense. */
        BAD_SDP,
        /** The peers share no codec. */
        NO_COMMON_CODEC,
        /** One of us wants encrypted audio, the other refuses it. */
        NO_COMMON_ENCRYPTION,
        /** The peer is overloaded. */
        OVERLOAD
    }
}
