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
 * @param uri the scheme of numbers' URIs
 * @param diverting where a forwarded call says who has forwarded it
 * @param numbers how numbers are written; whoever calls chooses the form by it
 * @param region of which country {@code numbers} speaks, as ISO 3166-1 has it; empty: the one of the gateway
 * @param names whether the caller's name is sent
 */
public record TrunkIdentity(
        From from,
        Optional<String> fromUser,
        List<CallerHeader> callerHeaders,
        boolean plus,
        String techPrefix,
        boolean userPhone,
        UriScheme uri,
        Diverting diverting,
        Numbers numbers,
        Optional<String> region,
        boolean names) {
    /** Whom From names. */
    public enum From {
        /** The account, where there is one. */
        AUTO,
        ACCOUNT,
        CALLER
    }

    /** What numbers' URIs are (RFC 3261 section 19.1.6). */
    public enum UriScheme {
        SIP,
        TEL
    }

    /** Which header says who has forwarded a call. */
    public enum Diverting {
        /** RFC 5806. */
        DIVERSION,
        /** RFC 7044. */
        HISTORY_INFO,
        BOTH,
        OFF
    }

    /** How numbers are written. */
    public enum Numbers {
        E164,
        /** Those of the region as they are dialled inside it, others in E.164. */
        NATIONAL,
        /** Each as it is dialled inside the region. */
        DIALLED
    }

    public static final TrunkIdentity DEFAULT =
            new TrunkIdentity(From.AUTO, Optional.empty(), List.of(), true, "", false);

    /** One whose numbers are plain SIP URIs. */
    public TrunkIdentity(
            From from,
            Optional<String> fromUser,
            List<CallerHeader> callerHeaders,
            boolean plus,
            String techPrefix,
            boolean userPhone) {
        this(
                from,
                fromUser,
                callerHeaders,
                plus,
                techPrefix,
                userPhone,
                UriScheme.SIP,
                Diverting.DIVERSION,
                Numbers.E164,
                Optional.empty(),
                true);
    }

    /** The same, with these URIs. */
    public TrunkIdentity with(UriScheme scheme) {
        return new TrunkIdentity(
                from, fromUser, callerHeaders, plus, techPrefix, userPhone, scheme, diverting, numbers, region, names);
    }

    /** The same, which says so who has forwarded a call. */
    public TrunkIdentity with(Diverting headers) {
        return new TrunkIdentity(
                from, fromUser, callerHeaders, plus, techPrefix, userPhone, uri, headers, numbers, region, names);
    }

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
