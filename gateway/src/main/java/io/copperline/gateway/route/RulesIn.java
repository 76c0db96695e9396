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

/** What becomes of calls to a number: single numbers first, then ranges and prefixes in the file's order. Immutable. */
final class RulesIn {
    private record Wide(Predicate<String> takes, RouteIn way) {}

    private final Map<PhoneNumber, RouteIn> byNumber = new HashMap<>();
    private final Map<String, RouteIn> byText = new HashMap<>();
    private final List<Wide> wide = new ArrayList<>();
    private final Map<String, List<PhoneNumber>> numbersByUser = new HashMap<>();

    RulesIn(RouteSettings settings, Numbers numbers) {
        for (RouteSettings.Inbound rule : settings.inbound()) {
            RouteIn way = new RouteIn(rule.treatment(), rule.usual(), rule.webhook(), rule.line());
            rule.called().forEach(called -> add(called, way, numbers));
        }
    }

    private void add(CalledNumbers called, RouteIn way, Numbers numbers) {
        switch (called) {
            case CalledNumbers.One one -> add(one.number(), way, numbers);
            case CalledNumbers.Range range -> wide.add(new Wide(range::has, way));
            case CalledNumbers.Prefix begin -> wide.add(new Wide(number -> number.startsWith(begin.prefix()), way));
        }
    }

    private void add(String written, RouteIn way, Numbers numbers) {
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

    List<PhoneNumber> numbersOf(String user) {
        return List.copyOf(numbersByUser.getOrDefault(user, List.of()));
    }
}
