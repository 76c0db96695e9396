package io.copperline.sip;

import java.util.Optional;

/**
 * Whom to call, and as whom.
 *
 * @param to the user part of the Request-URI, such as {@code +12025550100}
 * @param from the caller's number; empty where there is none
 * @param displayName the caller's name, where one is shown
 * @param withheld whether the called shall not see who calls; the carrier does
 * @param otherWays whether there is another way to make the call, so that silence need not be waited out on this one
 * @param asDialled whether {@code to} is for every carrier as it stands, such as 112: no tech-prefix belongs before it
 */
public record OutgoingCall(
        String to, String from, Optional<String> displayName, boolean withheld, boolean otherWays, boolean asDialled) {
    public OutgoingCall(String to, String from, Optional<String> displayName, boolean withheld, boolean otherWays) {
        this(to, from, displayName, withheld, otherWays, false);
    }

    /** A call whose caller is shown, and for which this is the only way. */
    public OutgoingCall(String to, String from, Optional<String> displayName) {
        this(to, from, displayName, false, false);
    }

    OutgoingCall otherWays(boolean others) {
        return new OutgoingCall(to, from, displayName, withheld, others, asDialled);
    }
}
