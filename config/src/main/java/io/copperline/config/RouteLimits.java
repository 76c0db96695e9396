package io.copperline.config;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * How many calls may go out, beside what the rules say.
 *
 * @param trunks by the trunk's name; a trunk that is missing has none
 * @param users the first that is for a user counts, for each user alone
 * @param zone where midnight is, at which the minutes of a day begin anew
 */
public record RouteLimits(Map<String, CallLimits> trunks, List<OfUsers> users, ZoneId zone) {
    public static final RouteLimits NONE = new RouteLimits(Map.of(), List.of(), ZoneOffset.UTC);

    public RouteLimits {
        trunks = Map.copyOf(trunks);
        users = List.copyOf(users);
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

    public CallLimits ofUser(String user) {
        return users.stream()
                .filter(rule -> rule.names().isEmpty() || rule.names().contains(user))
                .findFirst()
                .map(OfUsers::each)
                .orElse(CallLimits.NONE);
    }
}
