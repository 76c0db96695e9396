package io.copperline.config;

import io.copperline.config.Section.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code routes.inbound}. */
final class InboundKeys {
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

    static final Section TABLE = new Section(
            "inbound",
            Shape.LISTED,
            "From a trunk to web users, or on to a number.",
            Stream.of(
                            List.<Entry>of(NUMBER, NUMBERS, PREFIX),
                            TreatmentKeys.ALL,
                            WebhookKeys.ALL,
                            List.<Entry>of(LimitKeys.OF_INBOUND))
                    .flatMap(List::stream)
                    .toList());

    private InboundKeys() {}

    /** @param lines where each number stands so far */
    static RouteSettings.Inbound read(Fields rule, Map<String, Integer> lines) {
        return new RouteSettings.Inbound(
                called(rule, lines),
                TreatmentKeys.read(rule),
                TreatmentKeys.plan(rule, List.of()),
                WebhookKeys.read(rule),
                rule.line(),
                limits(rule));
    }

    private static CallLimits limits(Fields rule) {
        if (rule.has(LimitKeys.OF_INBOUND) && rule.has(TreatmentKeys.REFUSE) && !rule.has(WebhookKeys.URL)) {
            rule.problem(
                    LimitKeys.OF_INBOUND,
                    "a rule that takes calls",
                    "one that refuses all of them",
                    "remove limits, or refuse");
        }
        return LimitKeys.ofInbound(rule.section(LimitKeys.OF_INBOUND));
    }

    /** A forwarded call must not come in again, and needs a rule by which it goes out. */
    static void checkForwards(List<Fields> rules, List<RouteSettings.Inbound> read, boolean anyRuleOut) {
        for (Fields rule : rules) {
            Optional<String> number = rule.maybe(TreatmentKeys.FORWARD);
            if (number.isPresent() && !anyRuleOut) {
                rule.problem(
                        TreatmentKeys.FORWARD,
                        "rules in routes.outbound, by which the call goes on",
                        "none",
                        "add one, without users");
            }
            if (number.isPresent()
                    && read.stream()
                            .flatMap(other -> other.called().stream())
                            .anyMatch(called -> takes(called, number.get()))) {
                rule.problem(
                        TreatmentKeys.FORWARD,
                        "a number that is not called here itself, or calls would go round in circles",
                        number.get(),
                        "write the users of that number here");
            }
        }
    }

    private static boolean takes(CalledNumbers called, String e164) {
        return switch (called) {
            case CalledNumbers.One one -> e164.substring(1).equals(one.number().replaceAll("[^0-9]", ""));
            case CalledNumbers.Range range -> range.has(e164);
            case CalledNumbers.Prefix begin -> e164.startsWith(begin.prefix());
        };
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
