package io.copperline.gateway.call;

/** Where web users are: the port through which a call reaches the tabs of a user. Methods may be called from any thread. */
public interface Presence {
    /**
     * Offers an incoming call to all live tabs of the user.
     *
     * @return how many tabs were told; 0 means the user is not here
     */
    int ring(String user, IncomingCall call);

    /** Tells the tabs that have not answered that the call is no longer theirs to answer. */
    void stopRinging(String user, CallId id, Reason reason);

    /**
     * A call that waits for a tab to answer; numbers in E.164 where they could be normalised.
     *
     * @param verstat whether the caller is who he says, such as {@code TN-Validation-Passed-A}; empty: nobody has looked
     */
    record IncomingCall(CallId id, String from, String to, String verstat) {}

    enum Reason {
        ANSWERED_ELSEWHERE,
        DECLINED_ELSEWHERE,
        CALLER_HUNG_UP,
        NOT_ANSWERED
    }
}
