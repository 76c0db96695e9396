package io.copperline.config;

import io.copperline.config.Section.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code routes}. */
final class RouteSection {
    private static final Key<String> PREFIX = Key.open(
            "prefix",
            NetTypes.PREFIX_TEXT,
            "\"+1\"",
            "What the number in E.164 begins with; \"+\" takes every number.");
    private static final Key<Pattern> PATTERN = Key.open(
            "pattern",
            Types.REGEX,
            "'\\+1(202|212)\\d{7}'",
            "What the whole number in E.164 matches (a regular expression), instead of prefix.");
    private static final Key<String> TRUNKS =
            Key.openList("trunks", Types.TEXT, "[carrier]", "The trunks to try, best first. Needed.");
    private static final Key<String> USERS = Key.list(
            "users",
            Types.TEXT,
            "[]",
            "[alice]",
            "The users, by the sub of their tokens, that the rule is for. None: everybody.");
    private static final Section OUTBOUND = new Section(
            "outbound",
            Shape.LISTED,
            "From a browser to trunks. The first rule that matches decides.",
            List.of(PREFIX, PATTERN, USERS, TRUNKS));

    private static final Key<String> NUMBER = Key.open(
            "number",
            NetTypes.CALLED_NUMBER,
            "+12025550150",
            "The called number, in E.164 or as your region dials it. Needed.");
    private static final Key<String> USER =
            Key.open("user", Types.TEXT, "alice", "The sub of the user's tokens. Needed.");
    private static final Section INBOUND =
            new Section("inbound", Shape.LISTED, "From a trunk to a web user.", List.of(NUMBER, USER));

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

    static final Section TABLE =
            Section.of("routes", "Where calls go.", OUTBOUND, INBOUND, BARRED, BARRED_PREFIXES, BARRED_EXCEPT);

    private RouteSection() {}

    static RouteSettings read(Fields routes, Set<String> trunks) {
        List<RouteSettings.Outbound> outbound = new ArrayList<>();
        for (Fields rule : routes.listed(OUTBOUND)) {
            outbound.add(outbound(rule, trunks));
        }
        List<RouteSettings.Inbound> inbound = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        for (Fields rule : routes.listed(INBOUND)) {
            inbound.add(inbound(rule, lines));
        }
        return new RouteSettings(
                outbound,
                inbound,
                new RouteSettings.Barred(
                        routes.many(BARRED), routes.many(BARRED_PREFIXES), routes.many(BARRED_EXCEPT)));
    }

    private static RouteSettings.Outbound outbound(Fields rule, Set<String> trunks) {
        if (rule.has(PREFIX) == rule.has(PATTERN)) {
            rule.problem(
                    PATTERN,
                    "one of prefix and pattern",
                    rule.has(PREFIX) ? "both" : "neither",
                    rule.has(PREFIX) ? "remove one of the two" : "add prefix: \"+\" for every number");
        }
        List<String> chosen = rule.many(TRUNKS);
        if (rule.empty(TRUNKS)) {
            rule.problem(TRUNKS, "at least one trunk", "none", "add trunks: with a name from the trunks section");
        }
        for (String trunk : chosen) {
            checkTrunk(rule, trunk, trunks);
        }
        return new RouteSettings.Outbound(
                rule.maybe(PREFIX), rule.maybe(PATTERN), rule.many(USERS), chosen, rule.line());
    }

    private static void checkTrunk(Fields rule, String trunk, Set<String> trunks) {
        if (trunks.contains(trunk)) {
            return;
        }
        String fix = trunks.isEmpty()
                ? "add it to the trunks section"
                : Nearest.to(trunk, trunks)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("use one of " + String.join(", ", trunks))
                        .replaceFirst("\\?$", "? Otherwise add it to the trunks section");
        rule.problem(TRUNKS, "a trunk from the trunks section", trunk, fix);
    }

    private static RouteSettings.Inbound inbound(Fields rule, Map<String, Integer> lines) {
        String number = rule.required(NUMBER, "");
        // The same number with and without its plus or its blanks: a carrier writes it in either way.
        Integer before = number.isEmpty() ? null : lines.putIfAbsent(number.replaceAll("[^0-9]", ""), rule.line());
        if (before != null) {
            rule.problem(
                    NUMBER, "every number once", "it again (first on line " + before + ")", "remove one of the two");
        }
        return new RouteSettings.Inbound(number, rule.required(USER, ""), rule.line());
    }
}
