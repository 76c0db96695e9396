package io.copperline.sip;

import java.util.List;
import java.util.Optional;

/**
 * As whom calls go out on a trunk, and how their numbers are written.
 *
 * @param from whom From names
 * @param fromUser the user in From where it is to be this one for every call
 * @param callerHeaders where else the caller's number stands; empty: in P-Asserted-Identity, where From does not name the caller
 * @param plus whether numbers keep the plus of E.164
 * @param techPrefix what stands before each called number
 * @param userPhone whether URIs of numbers say {@code user=phone} (RFC 3261 section 19.1.1)
 */
public record TrunkIdentity(
        From from,
        Optional<String> fromUser,
        List<CallerHeader> callerHeaders,
        boolean plus,
        String techPrefix,
        boolean userPhone) {
    /** Whom From names. */
    public enum From {
        /** The account, where there is one. */
        AUTO,
        ACCOUNT,
        CALLER
    }

    public static final TrunkIdentity DEFAULT =
            new TrunkIdentity(From.AUTO, Optional.empty(), List.of(), true, "", false);

    public TrunkIdentity {
        callerHeaders = List.copyOf(callerHeaders);
    }

    /** The user part of the called number's URI. */
    String called(String number) {
        return techPrefix + written(number);
    }

    /** The user part of a number's URI. */
    String written(String number) {
        return plus || !number.startsWith("+") ? number : number.substring(1);
    }
}
