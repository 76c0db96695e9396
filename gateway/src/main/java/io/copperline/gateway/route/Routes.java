package io.copperline.gateway.route;

import io.copperline.config.RouteSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of one configuration. Immutable; used from any thread. */
public final class Routes {
    private final List<RouteSettings.Outbound> outbound;
    private final Numbers numbers;
    private final Map<PhoneNumber, String> userByNumber = new HashMap<>();
    private final Map<String, String> userByText = new HashMap<>();
    private final Map<String, List<PhoneNumber>> numbersByUser = new LinkedHashMap<>();

    public Routes(RouteSettings settings, Numbers numbers) {
        this.outbound = settings.outbound();
        this.numbers = numbers;
        settings.inbound().forEach(this::add);
    }

    private void add(RouteSettings.Inbound rule) {
        userByText.putIfAbsent(rule.number(), rule.user());
        numbers.carrier(rule.number()).ifPresent(number -> {
            if (userByNumber.putIfAbsent(number, rule.user()) == null) {
                numbersByUser
                        .computeIfAbsent(rule.user(), user -> new ArrayList<>())
                        .add(number);
            }
        });
    }

    /** The first rule of the file that matches decides. */
    public RouteResult outbound(PhoneNumber number) {
        for (RouteSettings.Outbound rule : outbound) {
            if (matches(rule, number)) {
                return new RouteMatch(rule.trunks(), words(rule));
            }
        }
        return new NoRoute(explain(number));
    }

    /**
     * The web user of a called number.
     *
     * @param calledNumber the user part of the Request-URI, as the carrier wrote it
     */
    public Optional<String> inbound(String calledNumber) {
        // As written first: an extension such as 100 has no E.164 form.
        return Optional.ofNullable(userByText.get(calledNumber))
                .or(() -> numbers.carrier(calledNumber).map(userByNumber::get));
    }

    /** The numbers on which a user is reached, in the order of the file; the first is the one to show by default. */
    public List<PhoneNumber> numbersOf(String user) {
        return List.copyOf(numbersByUser.getOrDefault(user, List.of()));
    }

    private static boolean matches(RouteSettings.Outbound rule, PhoneNumber number) {
        boolean begins = rule.prefix().map(number.e164()::startsWith).orElse(true);
        return begins
                && rule.pattern()
                        .map(pattern -> pattern.matcher(number.e164()).matches())
                        .orElse(true);
    }

    private static String words(RouteSettings.Outbound rule) {
        String what = rule.prefix()
                .map(prefix -> "prefix " + prefix)
                .or(() -> rule.pattern().map(pattern -> "pattern " + pattern))
                .orElse("every number");
        return "line " + rule.line() + ", " + what;
    }

    private String explain(PhoneNumber number) {
        if (outbound.isEmpty()) {
            return "No route for " + number.e164() + ": the configuration has no routes.outbound.";
        }
        StringBuilder text =
                new StringBuilder("No route for ").append(number.e164()).append(". Tried");
        char separator = ':';
        for (RouteSettings.Outbound rule : outbound) {
            String why = rule.prefix().isPresent()
                    ? " (the number does not begin so)"
                    : " (the whole number does not match)";
            text.append(separator).append(' ').append(words(rule)).append(why);
            separator = ';';
        }
        return text.append('.').toString();
    }
}
