package io.copperline.config;

import io.copperline.config.Section.Shape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code routes.inbound}. */
final class InboundKeys {
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Key<String> NUMBER = Key.open(
            "number",
            NetTypes.CALLED_NUMBER,
            "+12025550150",
            "The called number, in E.164 or as your region dials it. One of number, numbers and prefix is needed.");
    private static final Key<CalledNumbers.Range> NUMBERS = Key.list(
            "numbers",
            RouteTypes.RANGE,
            "[]",
            "[+4930123400-+4930123499]",
            "Or: ranges of called numbers in E.164, first and last included.");
    private static final Key<String> PREFIX =
            Key.open("prefix", NetTypes.PREFIX_TEXT, "\"+4930\"", "Or: what the called number in E.164 begins with.");
    private static final Key<String> USER =
            Key.open("user", Types.TEXT, "alice", "The sub of the user's tokens. One of user and users is needed.");
    private static final Key<String> USERS = Key.list("users", Types.TEXT, "[]", "[alice, bob]", "Or: several users.");
    private static final Key<RingPlan.Order> RING = Key.of(
            "ring",
            Types.oneOf(RingPlan.Order.class),
            "together",
            "How the phones of several users ring: together, or in-turn.");
    private static final Key<Duration> RING_FOR = Key.open(
            "ring-for",
            Types.duration(SHORTEST, LONGEST, ""),
            "20s",
            "How long they ring, or each in turn. Without it 60s, and 20s in turn.");

    static final Section TABLE = new Section(
            "inbound",
            Shape.LISTED,
            "From a trunk to web users.",
            List.of(NUMBER, NUMBERS, PREFIX, USER, USERS, RING, RING_FOR));

    private InboundKeys() {}

    /** @param lines where each number stands so far */
    static RouteSettings.Inbound read(Fields rule, Map<String, Integer> lines) {
        List<CalledNumbers> called = called(rule, lines);
        List<String> users = new ArrayList<>(rule.many(USERS));
        rule.maybe(USER).ifPresent(users::add);
        boolean several = !rule.empty(USERS);
        if (rule.has(USER) == several) {
            rule.problem(
                    rule.has(USERS) ? USERS : USER,
                    "user, or users with at least one",
                    several ? "both" : "neither",
                    several ? "remove one of the two" : "add user: alice");
        }
        RingPlan.Order order = rule.one(RING);
        RingPlan plan = new RingPlan(users, order, rule.maybe(RING_FOR).orElseGet(order::usual));
        return new RouteSettings.Inbound(called, plan, rule.line());
    }

    private static List<CalledNumbers> called(Fields rule, Map<String, Integer> lines) {
        List<CalledNumbers> called = new ArrayList<>(rule.many(NUMBERS));
        rule.maybe(PREFIX).map(CalledNumbers.Prefix::new).ifPresent(called::add);
        rule.maybe(NUMBER).ifPresent(number -> {
            // The same number with and without its plus or its blanks: a carrier writes it in either way.
            Integer before = lines.putIfAbsent(number.replaceAll("[^0-9]", ""), rule.line());
            if (before != null) {
                String found = "it again (first on line " + before + ")";
                rule.problem(NUMBER, "every number once", found, "remove one of the two");
            }
            called.add(new CalledNumbers.One(number));
        });
        long ways = Stream.of(rule.has(NUMBER), !rule.empty(NUMBERS), rule.has(PREFIX))
                .filter(there -> there)
                .count();
        if (ways == 0) {
            rule.needs(NUMBER);
        } else if (ways > 1) {
            rule.problem(NUMBER, "one of number, numbers and prefix", "several", "make a rule of each");
        }
        return called;
    }
}
