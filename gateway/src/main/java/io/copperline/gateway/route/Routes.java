package io.copperline.gateway.route;

import io.copperline.config.RouteSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules of one configuration. Immutable; used from any thread. */
public final class Routes {
    private final List<RouteSettings.Outbound> outbound;
    private final Numbers numbers;
    private final Barring barring;
    private final Map<PhoneNumber, String> userByNumber = new HashMap<>();
    private final Map<String, String> userByText = new HashMap<>();
    private final Map<String, List<PhoneNumber>> numbersByUser = new LinkedHashMap<>();

    public Routes(RouteSettings settings, Numbers numbers) {
        this.outbound = settings.outbound();
        this.numbers = numbers;
        barring = new Barring(settings.barred(), numbers);
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

    /** Where a user's call to this number goes: by the first rule of the file that takes it, unless the number is barred. */
    public RouteResult outbound(PhoneNumber number, String user) {
        Optional<Barred> barred = barring.of(number);
        if (barred.isPresent()) {
            return barred.get();
        }
        return outbound.stream()
                .filter(rule -> missed(rule, number, user).isEmpty())
                .findFirst()
                .<RouteResult>map(rule -> new RouteMatch(rule.trunks(), words(rule)))
                .orElseGet(() -> new NoRoute(explain(number, user)));
    }

    /** What becomes of each rule for such a call, in the order of the file. */
    public List<RuleTrial> trials(PhoneNumber number, String user) {
        return outbound.stream()
                .map(rule -> new RuleTrial(words(rule), missed(rule, number, user)))
                .toList();
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

    private static Optional<String> missed(RouteSettings.Outbound rule, PhoneNumber number, String user) {
        if (rule.prefix().filter(prefix -> !number.e164().startsWith(prefix)).isPresent()) {
            return Optional.of("the number does not begin so");
        }
        if (rule.pattern()
                .filter(pattern -> !pattern.matcher(number.e164()).matches())
                .isPresent()) {
            return Optional.of("the whole number does not match");
        }
        boolean forUser = rule.users().isEmpty() || rule.users().contains(user);
        return forUser ? Optional.empty() : Optional.of("it is not for user " + user);
    }

    private static String words(RouteSettings.Outbound rule) {
        String what = rule.prefix()
                .map(prefix -> "prefix " + prefix)
                .or(() -> rule.pattern().map(pattern -> "pattern " + pattern))
                .orElse("every number");
        return "line " + rule.line() + ", " + what;
    }

    private String explain(PhoneNumber number, String user) {
        if (outbound.isEmpty()) {
            return "No route for " + number.e164() + ": the configuration has no routes.outbound.";
        }
        return trials(number, user).stream()
                .map(trial -> trial.rule() + " (" + trial.missed().orElseThrow() + ")")
                .collect(Collectors.joining("; ", "No route for " + number.e164() + ". Tried: ", "."));
    }
}
