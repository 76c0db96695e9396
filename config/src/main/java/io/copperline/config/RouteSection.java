package io.copperline.config;

import io.copperline.config.Section.Shape;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code routes}. */
final class RouteSection {
    private static final Key<RouteSettings.Order> ORDER = Key.of(
            "order",
            Types.oneOf(RouteSettings.Order.class),
            "file",
            "In which order outbound rules are tried: file (as they stand), or longest-prefix (patterns first, then the"
                    + " longest prefix).");
    private static final Key<ZoneId> TIME_ZONE = Key.of(
            "time-zone",
            RouteTypes.TIME_ZONE,
            "UTC",
            "Whose clocks count for hours, days, and the midnight at which minutes-per-day begins anew.");

    private static final Key<DestinationKind> BARRED = Key.list(
            "barred",
            Types.oneOf(DestinationKind.class),
            "[premium-rate, satellite]",
            "[premium-rate, satellite]",
            "Kinds of numbers that no browser may call: premium-rate, shared-cost, satellite.");
    private static final Key<String> BARRED_PREFIXES = Key.list(
            "barred-prefixes",
            NetTypes.PREFIX_TEXT,
            "[]",
            "[+53]",
            "Prefixes of numbers that no browser may call, either.");
    private static final Key<String> BARRED_EXCEPT = Key.list(
            "barred-except",
            NetTypes.PREFIX_TEXT,
            "[]",
            "[+1900555]",
            "Prefixes of barred numbers that may be called all the same.");

    private static final Key<String> LIMITED_USERS =
            Key.list("users", Types.TEXT, "[]", "[alice]", "The users, by the sub of their tokens. None: everybody.");
    private static final Section USER_LIMITS = new Section(
            "user-limits",
            Shape.LISTED,
            "How many calls out each user may have. The first entry that is for a user counts.",
            List.of(LIMITED_USERS, LimitKeys.CALLS, LimitKeys.PER_SECOND, LimitKeys.MINUTES));

    static final Section TABLE = Section.of(
            "routes",
            "Where calls go.",
            ORDER,
            TIME_ZONE,
            OutboundKeys.TABLE,
            InboundKeys.TABLE,
            BARRED,
            BARRED_PREFIXES,
            BARRED_EXCEPT,
            EmergencyKeys.TABLE,
            USER_LIMITS);

    private RouteSection() {}

    static RouteSettings read(Fields routes, Map<String, Fields> trunks) {
        ZoneId zone = routes.one(TIME_ZONE);
        List<RouteSettings.Outbound> outbound = new ArrayList<>();
        for (Fields rule : routes.listed(OutboundKeys.TABLE)) {
            outbound.add(OutboundKeys.read(rule, trunks.keySet(), zone));
        }
        List<RouteSettings.Inbound> inbound = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        List<Fields> rulesIn = routes.listed(InboundKeys.TABLE);
        for (Fields rule : rulesIn) {
            inbound.add(InboundKeys.read(rule, lines));
        }
        InboundKeys.checkForwards(rulesIn, inbound, !outbound.isEmpty());
        return new RouteSettings(
                outbound,
                inbound,
                new RouteSettings.Barred(routes.many(BARRED), routes.many(BARRED_PREFIXES), routes.many(BARRED_EXCEPT)),
                routes.one(ORDER),
                EmergencyKeys.read(routes.section(EmergencyKeys.TABLE), trunks.keySet()),
                limits(routes, trunks, zone));
    }

    private static RouteLimits limits(Fields routes, Map<String, Fields> trunks, ZoneId zone) {
        Map<String, CallLimits> ofTrunks = new HashMap<>();
        Map<String, Integer> channels = new HashMap<>();
        trunks.forEach((name, trunk) -> {
            Fields limits = trunk.section(LimitKeys.OF_TRUNK);
            ofTrunks.put(name, LimitKeys.read(limits));
            LimitKeys.channels(limits).ifPresent(most -> channels.put(name, most));
        });
        List<RouteLimits.OfUsers> ofUsers = routes.listed(USER_LIMITS).stream()
                .map(rule -> new RouteLimits.OfUsers(rule.many(LIMITED_USERS), LimitKeys.read(rule)))
                .toList();
        return new RouteLimits(ofTrunks, ofUsers, zone, channels);
    }
}
