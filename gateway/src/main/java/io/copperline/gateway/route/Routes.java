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
    private final RulesOut outbound;
    private final Emergencies emergencies;
    private final Numbers numbers;
    private final Barring barring;
    private final Map<PhoneNumber, String> userByNumber = new HashMap<>();
    private final Map<String, String> userByText = new HashMap<>();
    private final Map<String, List<PhoneNumber>> numbersByUser = new LinkedHashMap<>();

    public Routes(RouteSettings settings, Numbers numbers) {
        outbound = new RulesOut(settings);
        emergencies = new Emergencies(settings.emergency(), numbers.region());
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

    /**
     * Whether it is an emergency number, which is to be asked before anything else.
     *
     * @param written as a person dials it
     */
    public Optional<EmergencyCall> emergency(String written) {
        return emergencies.of(written);
    }

    /** Where a call goes: by the first rule that takes it, unless the number is barred. */
    public RouteResult outbound(Asked call) {
        return barring.of(call.number()).<RouteResult>map(barred -> barred).orElseGet(() -> outbound.of(call));
    }

    /** What becomes of each rule for such a call, in the order in which they are tried. */
    public List<RuleTrial> trials(Asked call) {
        return outbound.trials(call);
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
}
