package io.copperline.gateway.route;

import io.copperline.config.CalledNumbers;
import io.copperline.config.RingPlan;
import io.copperline.config.RouteSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Whose phones ring for a called number: single numbers first, then ranges and prefixes in the file's order. Immutable. */
final class RulesIn {
    private record Wide(Predicate<String> takes, RingPlan plan) {}

    private final Numbers numbers;
    private final Map<PhoneNumber, RingPlan> byNumber = new HashMap<>();
    private final Map<String, RingPlan> byText = new HashMap<>();
    private final List<Wide> wide = new ArrayList<>();
    private final Map<String, List<PhoneNumber>> numbersByUser = new HashMap<>();

    RulesIn(RouteSettings settings, Numbers numbers) {
        this.numbers = numbers;
        for (RouteSettings.Inbound rule : settings.inbound()) {
            rule.called().forEach(called -> add(called, rule.plan()));
        }
    }

    private void add(CalledNumbers called, RingPlan plan) {
        switch (called) {
            case CalledNumbers.One one -> add(one.number(), plan);
            case CalledNumbers.Range range -> wide.add(new Wide(range::has, plan));
            case CalledNumbers.Prefix begin -> wide.add(new Wide(number -> number.startsWith(begin.prefix()), plan));
        }
    }

    private void add(String written, RingPlan plan) {
        byText.putIfAbsent(written, plan);
        numbers.carrier(written).ifPresent(number -> {
            if (byNumber.putIfAbsent(number, plan) == null) {
                plan.users()
                        .forEach(user -> numbersByUser
                                .computeIfAbsent(user, _ -> new ArrayList<>())
                                .add(number));
            }
        });
    }

    /** @param calledNumber as the carrier wrote it */
    Optional<RingPlan> of(String calledNumber) {
        // As written first: an extension such as 100 has no E.164 form.
        return Optional.ofNullable(byText.get(calledNumber))
                .or(() -> numbers.carrier(calledNumber).flatMap(this::of));
    }

    private Optional<RingPlan> of(PhoneNumber number) {
        return Optional.ofNullable(byNumber.get(number))
                .or(() -> wide.stream()
                        .filter(rule -> rule.takes().test(number.e164()))
                        .findFirst()
                        .map(Wide::plan));
    }

    List<PhoneNumber> numbersOf(String user) {
        return List.copyOf(numbersByUser.getOrDefault(user, List.of()));
    }
}
