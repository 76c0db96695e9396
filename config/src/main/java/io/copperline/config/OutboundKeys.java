package io.copperline.config;

import io.copperline.config.Section.Shape;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code routes.outbound}. */
final class OutboundKeys {
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
    private static final Key<String> USERS = Key.list(
            "users",
            Types.TEXT,
            "[]",
            "[alice]",
            "The users, by the sub of their tokens, that the rule is for. None: everybody.");
    private static final Key<String> CALLERS = Key.list(
            "callers",
            NetTypes.PREFIX_TEXT,
            "[]",
            "[+1202]",
            "What the caller's number in E.164 begins with, for the rule to be for him. None: any caller.");
    private static final Key<Pattern> CALLERS_PATTERN = Key.open(
            "callers-pattern",
            Types.REGEX,
            "'\\+1202\\d{7}'",
            "What the caller's whole number in E.164 matches, beside callers or instead.");
    private static final Key<OpenHours.Span> HOURS = Key.list(
            "hours",
            RouteTypes.SPAN_OF_DAY,
            "[]",
            "[08:00-18:00]",
            "When the rule is in force. 22:00-06:00 goes on into the next day. None: all day.");
    private static final Key<Set<DayOfWeek>> DAYS = Key.list(
            "days",
            RouteTypes.DAYS_OF_WEEK,
            "[]",
            "[mon-fri]",
            "The days on which the rule is in force. None: every day.");
    private static final Key<ZoneId> TIME_ZONE = Key.open(
            "time-zone",
            RouteTypes.TIME_ZONE,
            "Europe/Berlin",
            "Whose clocks count for hours and days, where it is not that of routes.");
    private static final Key<TrunkChoice> TRUNKS = Key.openList(
            "trunks",
            RouteTypes.TRUNK,
            "[carrier]",
            "The trunks to try, best first; with {name: carrier, weight: 80}, in an order drawn by weight. Needed.");

    private static final Key<String> NAME = Key.open("name", Types.TEXT, "carrier", "The trunk.");
    private static final Key<Integer> WEIGHT = Key.open("weight", Types.whole(1, 10_000), "80", "Its share.");
    private static final Section CHOICE = Section.of("trunks", "A trunk with its weight.", NAME, WEIGHT);

    private static final Key<String> STRIP =
            Key.open("strip", RouteTypes.DIALLED, "\"+\"", "What is taken off the beginning, where it is there.");
    private static final Key<String> PREPEND =
            Key.open("prepend", RouteTypes.DIALLED, "00", "What is then put before the number.");
    private static final Key<Pattern> REPLACE = Key.open(
            "replace",
            Types.REGEX,
            "'\\+49(\\d+)'",
            "Or: what the whole number matches (a regular expression), to be replaced.");
    private static final Key<String> WITH =
            Key.open("with", Types.TEXT, "'0$1'", "What it is replaced by; $1 is the first group.");
    private static final List<Entry> CHANGES = List.of(STRIP, PREPEND, REPLACE, WITH);
    private static final Section CALLED =
            new Section("called", Shape.ONCE, "How the called number is written for the trunks of the rule.", CHANGES);
    private static final Section SHOWN =
            new Section("shown", Shape.ONCE, "How the caller's number is written for the trunks of the rule.", CHANGES);

    static final Section TABLE = new Section(
            "outbound",
            Shape.LISTED,
            "From a browser to trunks. The first rule that matches decides (see order).",
            List.of(
                    PREFIX,
                    PATTERN,
                    USERS,
                    CALLERS,
                    CALLERS_PATTERN,
                    HOURS,
                    DAYS,
                    TIME_ZONE,
                    TRUNKS,
                    CALLED,
                    SHOWN,
                    LimitKeys.OF_ROUTE));

    private OutboundKeys() {}

    static RouteSettings.Outbound read(Fields rule, Set<String> trunks, ZoneId zone) {
        if (rule.has(PREFIX) == rule.has(PATTERN)) {
            rule.problem(
                    PATTERN,
                    "one of prefix and pattern",
                    rule.has(PREFIX) ? "both" : "neither",
                    rule.has(PREFIX) ? "remove one of the two" : "add prefix: \"+\" for every number");
        }
        if (rule.empty(TRUNKS)) {
            rule.problem(TRUNKS, "at least one trunk", "none", "add trunks: with a name from the trunks section");
        }
        List<TrunkChoice> chosen = rule.mixed(TRUNKS, CHOICE, OutboundKeys::choice);
        chosen.forEach(choice -> TrunkNames.check(rule, TRUNKS, choice.trunk(), trunks));
        return new RouteSettings.Outbound(
                rule.maybe(PREFIX),
                rule.maybe(PATTERN),
                rule.many(USERS),
                chosen,
                rule.line(),
                new RouteTerms(
                        new Callers(rule.many(CALLERS), rule.maybe(CALLERS_PATTERN)),
                        hours(rule, zone),
                        rewriting(rule.section(CALLED)),
                        rewriting(rule.section(SHOWN)),
                        LimitKeys.read(rule.section(LimitKeys.OF_ROUTE))));
    }

    private static Optional<TrunkChoice> choice(Fields item) {
        item.needs(NAME);
        return item.maybe(NAME)
                .map(name -> new TrunkChoice(
                        name, item.maybe(WEIGHT).map(OptionalInt::of).orElseGet(OptionalInt::empty)));
    }

    private static OpenHours hours(Fields rule, ZoneId zone) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        rule.many(DAYS).forEach(days::addAll);
        List<OpenHours.Span> spans = rule.many(HOURS);
        if (rule.has(TIME_ZONE) && !rule.has(HOURS) && !rule.has(DAYS)) {
            rule.problem(TIME_ZONE, "hours or days that it is for", "neither", "add hours: or days:, or remove it");
        }
        return new OpenHours(spans, days, rule.maybe(TIME_ZONE).orElse(zone));
    }

    private static Rewriting rewriting(Fields change) {
        Optional<Pattern> pattern = change.maybe(REPLACE);
        String with = change.maybe(WITH).orElse("");
        if (change.has(REPLACE) && (change.has(STRIP) || change.has(PREPEND))) {
            change.problem(REPLACE, "strip and prepend, or replace and with", "both", "remove one of the two ways");
        }
        if (change.has(REPLACE) != change.has(WITH)) {
            change.problem(WITH, "replace and with together", "one of the two", "add the other, or remove it");
        }
        if (pattern.isPresent() && !Rewriting.fits(pattern.get(), with)) {
            change.problem(
                    WITH, "groups that replace has", with, "write $1 for the first group of replace, if it has one");
        }
        return new Rewriting(
                change.maybe(STRIP).orElse(""), change.maybe(PREPEND).orElse(""), pattern, with);
    }
}
