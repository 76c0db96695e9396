package io.copperline.gateway.route;

import io.copperline.config.RouteSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules for calls out, in the order in which they are tried: the first that takes a call decides. Immutable. */
final class RulesOut {
    /** What a carrier can be asked to dial. */
    private static final Pattern DIALLABLE = Pattern.compile("\\+?[0-9*#]{1,32}");

    private final List<RouteSettings.Outbound> rules;

    RulesOut(RouteSettings settings) {
        rules = switch (settings.order()) {
            case FILE -> settings.outbound();
            // The sort is stable: among equals the file's order stays.
            case LONGEST_PREFIX ->
                settings.outbound().stream()
                        .sorted(Comparator.comparingInt(RulesOut::reach).reversed())
                        .toList();
        };
    }

    private static int reach(RouteSettings.Outbound rule) {
        return rule.prefix().map(String::length).orElse(Integer.MAX_VALUE);
    }

    static boolean isDiallable(String number) {
        return DIALLABLE.matcher(number).matches();
    }

    RouteResult of(Asked call) {
        return rules.stream()
                .filter(rule -> missed(rule, call).isEmpty())
                .findFirst()
                .map(rule -> match(rule, call))
                .orElseGet(() -> new NoRoute(explain(call)));
    }

    private static RouteResult match(RouteSettings.Outbound rule, Asked call) {
        String dialled = rule.terms().called().of(call.number().e164());
        String shown = call.caller().isEmpty() ? "" : rule.terms().shown().of(call.caller());
        if (!isDiallable(dialled)) {
            return unusable(rule, call, "called");
        }
        if (!shown.isEmpty() && !isDiallable(shown)) {
            return unusable(rule, call, "shown");
        }
        return new RouteMatch(
                rule.trunks(), words(rule), dialled, shown, rule.terms().limits());
    }

    private static NoRoute unusable(RouteSettings.Outbound rule, Asked call, String key) {
        return new NoRoute("No route for " + call.number().e164() + ": " + words(rule) + " takes it, but its key " + key
                + " makes no number that can be dialled of it.");
    }

    List<RuleTrial> trials(Asked call) {
        return rules.stream()
                .map(rule -> new RuleTrial(words(rule), missed(rule, call)))
                .toList();
    }

    private static Optional<String> missed(RouteSettings.Outbound rule, Asked call) {
        String number = call.number().e164();
        if (rule.prefix().filter(prefix -> !number.startsWith(prefix)).isPresent()) {
            return Optional.of("the number does not begin so");
        }
        if (rule.pattern().filter(pattern -> !pattern.matcher(number).matches()).isPresent()) {
            return Optional.of("the whole number does not match");
        }
        if (!rule.users().isEmpty() && !rule.users().contains(call.user())) {
            return Optional.of(
                    call.user().equals(Asked.NOBODY)
                            ? "it is for certain users only"
                            : "it is not for user " + call.user());
        }
        if (!rule.terms().callers().have(call.caller())) {
            return Optional.of(
                    call.caller().isEmpty()
                            ? "it is not for callers without a number"
                            : "it is not for caller " + call.caller());
        }
        return rule.terms().hours().open(call.at()) ? Optional.empty() : Optional.of("it is not in force at this time");
    }

    private static String words(RouteSettings.Outbound rule) {
        String what = rule.prefix()
                .map(prefix -> "prefix " + prefix)
                .or(() -> rule.pattern().map(pattern -> "pattern " + pattern))
                .orElse("every number");
        return "line " + rule.line() + ", " + what;
    }

    private String explain(Asked call) {
        String number = call.number().e164();
        if (rules.isEmpty()) {
            return "No route for " + number + ": the configuration has no routes.outbound.";
        }
        return trials(call).stream()
                .map(trial -> trial.rule() + " (" + trial.missed().orElseThrow() + ")")
                .collect(Collectors.joining("; ", "No route for " + number + ". Tried: ", "."));
    }
}
