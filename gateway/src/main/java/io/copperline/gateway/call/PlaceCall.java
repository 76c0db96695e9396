package io.copperline.gateway.call;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A browser's wish to phone a number.
 *
 * @param user the web user
 * @param to the number as the user wrote it
 * @param from the number to show, as the user wrote it, or {@link #ANONYMOUS}; the user's first own number where empty
 * @param limits what the user's token allows
 * @param offer the SDP offer
 * @param name the name to show; the user's first where empty
 * @param headers headers for the trunk
 * @param location where the user is, as a {@code geo:} URI (RFC 5870): told in an emergency call only
 */
public record PlaceCall(
        String user,
        String to,
        Optional<String> from,
        Limits limits,
        String offer,
        Optional<String> name,
        Map<String, String> headers,
        Optional<String> location) {
    public PlaceCall {
        headers = Map.copyOf(headers);
    }

    /** A call that tells no more than its numbers. */
    public PlaceCall(String user, String to, Optional<String> from, Limits limits, String offer) {
        this(user, to, from, limits, offer, Optional.empty(), Map.of(), Optional.empty());
    }

    /** In place of a number: the called shall not see who calls. */
    public static final String ANONYMOUS = "anonymous";

    /**
     * What a token allows (its claims {@code numbers}, {@code to}, {@code max_seconds}, {@code max_calls}, {@code names}).
     *
     * @param numbers numbers the user may show; empty where the token does not name any
     * @param destinations numbers or prefixes (ending in {@code *}) the user may call; empty allows every routed number
     * @param names names the user may show; empty for none
     */
    public record Limits(
            List<String> numbers,
            List<String> destinations,
            OptionalInt maxSeconds,
            OptionalInt maxCalls,
            List<String> names) {
        public static final Limits NONE = new Limits(List.of(), List.of(), OptionalInt.empty(), OptionalInt.empty());

        public Limits(List<String> numbers, List<String> destinations, OptionalInt maxSeconds, OptionalInt maxCalls) {
            this(numbers, destinations, maxSeconds, maxCalls, List.of());
        }
    }
}
