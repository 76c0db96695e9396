package io.copperline.gateway.route;

import io.copperline.config.CalledNumbers;
import io.copperline.config.RouteSettings;
import io.copperline.config.Treatment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What becomes of calls to a number: single numbers first, then ranges and prefixes in the file's order. Immutable. */
final class RulesIn {
    /** Of so many ranges a rule is told by. */
    private static final int MOST_WORDS = 3;

    private record Wide(Predicate<String> takes, RouteIn way) {}

    private final Map<PhoneNumber, RouteIn> byNumber = new HashMap<>();
    private final Map<String, RouteIn> byText = new HashMap<>();
    private final List<Wide> wide = new ArrayList<>();
    private final Map<String, List<PhoneNumber>> numbersByUser = new HashMap<>();

    private final List<RouteSettings.Inbound> rules;
    private final Numbers numbers;

    RulesIn(List<RouteSettings.Inbound> rules, Numbers numbers) {
        this.rules = rules;
        this.numbers = numbers;
        for (RouteSettings.Inbound rule : rules) {
            rule.called().forEach(called -> add(called, way(rule)));
        }
    }

    private static RouteIn way(RouteSettings.Inbound rule) {
        return new RouteIn(rule.treatment(), rule.usual(), rule.webhook(), words(rule), rule.limits());
    }

    private void add(CalledNumbers called, RouteIn way) {
        switch (called) {
            case CalledNumbers.One one -> add(one.number(), way);
            case CalledNumbers.Range range -> wide.add(new Wide(range::has, way));
            case CalledNumbers.Prefix begin -> wide.add(new Wide(number -> number.startsWith(begin.prefix()), way));
        }
    }

    private void add(String written, RouteIn way) {
        byText.putIfAbsent(written, way);
        numbers.carrier(written).ifPresent(number -> {
            if (byNumber.putIfAbsent(number, way) == null) {
                users(way.treatment())
                        .forEach(user -> numbersByUser
                                .computeIfAbsent(user, _ -> new ArrayList<>())
                                .add(number));
            }
        });
    }

    private static List<String> users(Treatment treatment) {
        return treatment instanceof Treatment.Ring ring ? ring.plan().users() : List.of();
    }

    /**
     * @param calledNumber as the carrier wrote it
     * @param reader of what it writes
     */
    Optional<RouteIn> of(String calledNumber, Function<String, Optional<PhoneNumber>> reader) {
        // As written first: an extension such as 100 has no E.164 form.
        return Optional.ofNullable(byText.get(calledNumber))
                .or(() -> reader.apply(calledNumber).flatMap(this::of));
    }

    Optional<RouteIn> of(PhoneNumber number) {
        return Optional.ofNullable(byNumber.get(number))
                .or(() -> wide.stream()
                        .filter(rule -> rule.takes().test(number.e164()))
                        .findFirst()
                        .map(Wide::way));
    }

    /** What becomes of each rule, in the file's order; arguments as of {@link #of(String, Function)}. */
    List<RuleTrial> trials(String calledNumber, Function<String, Optional<PhoneNumber>> reader) {
        Optional<RouteIn> way = of(calledNumber, reader);
        List<Boolean> takes = rules.stream()
                .map(rule -> new RulesIn(List.of(rule), numbers)
                        .of(calledNumber, reader)
                        .isPresent())
                .toList();
        int winner = IntStream.range(0, rules.size())
                .filter(i -> takes.get(i) && way.equals(Optional.of(way(rules.get(i)))))
                .findFirst()
                .orElse(-1);
        return IntStream.range(0, rules.size())
                .mapToObj(i -> new RuleTrial(words(rules.get(i)), missed(i, winner, takes.get(i))))
                .toList();
    }

    private static Optional<String> missed(int rule, int winner, boolean takes) {
        if (!takes) {
            return Optional.of("it is not for this number");
        }
        if (rule == winner) {
            return Optional.empty();
        }
        return Optional.of(
                rule < winner
                        ? "would take it, but a rule for this single number goes before"
                        : "would take it, but a rule that is tried before does");
    }

    private static String words(RouteSettings.Inbound rule) {
        String called = rule.called().stream()
                .map(one -> switch (one) {
                    case CalledNumbers.One number -> "number " + number.number();
                    case CalledNumbers.Range range -> "numbers " + range.first() + "-" + range.last();
                    case CalledNumbers.Prefix begin -> "prefix " + begin.prefix();
                })
                .limit(MOST_WORDS)
                .collect(Collectors.joining(", "));
        String more = rule.called().size() > MOST_WORDS ? " and more" : "";
        return "line " + rule.line() + ", " + called + more;
    }

    List<PhoneNumber> numbersOf(String user) {
        return List.copyOf(numbersByUser.getOrDefault(user, List.of()));
    }
}
