package io.copperline.sip;

import java.util.Optional;

/**
 * Whom to call, and as whom.
 *
 * @param to the user part of the Request-URI, such as {@code +12025550100}
 * @param from the caller's number as it is shown to the called
 * @param displayName the caller's name, where one is shown
 * @param otherWays whether there is another way to make the call, so that silence need not be waited out on this one
 */
public record OutgoingCall(String to, String from, Optional<String> displayName, boolean otherWays) {

    /** A call for which this is the only way. */
    public OutgoingCall(String to, String from, Optional<String> displayName) {
        this(to, from, displayName, false);
    }
}
