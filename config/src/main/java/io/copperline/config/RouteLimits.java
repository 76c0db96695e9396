package io.copperline.config;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How many calls may be, beside what the rules say.
 *
 * @param trunks calls out by the trunk's name; a trunk that is missing has none
 * @param users the first that is for a user counts, for each user alone
 * @param zone where midnight is, at which the minutes of a day begin anew
 * @param channels how many legs a trunk has at once, in and out together, by its name; a trunk that is missing has as many as come
 */
public record RouteLimits(
        Map<String, CallLimits> trunks, List<OfUsers> users, ZoneId zone, Map<String, Integer> channels) {
    public static final RouteLimits NONE = new RouteLimits(Map.of(), List.of(), ZoneOffset.UTC);

    public RouteLimits {
        trunks = Map.copyOf(trunks);
        users = List.copyOf(users);
        channels = Map.copyOf(channels);
    }

    /** Of calls out alone. */
    public RouteLimits(Map<String, CallLimits> trunks, List<OfUsers> users, ZoneId zone) {
        this(trunks, users, zone, Map.of());
    }

    /** @param names the users it is for; empty: everybody */
    public record OfUsers(List<String> names, CallLimits each) {
        public OfUsers {
            names = List.copyOf(names);
        }
    }

    public CallLimits ofTrunk(String trunk) {
        return trunks.getOrDefault(trunk, CallLimits.NONE);
    }

    /** How many legs it has at once, in and out together. */
    public OptionalInt channelsOf(String trunk) {
        Integer most = channels.get(trunk);
        return most == null ? OptionalInt.empty() : OptionalInt.of(most);
    }

    public CallLimits ofUser(String user) {
        return users.stream()
                .filter(rule -> rule.names().isEmpty() || rule.names().contains(user))
                .findFirst()
                .map(OfUsers::each)
                .orElse(CallLimits.NONE);
    }
}
