package io.copperline.gateway.route;

import io.copperline.config.CallLimits;
import io.copperline.config.TrunkChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The rule that took the number.
 *
 * @param choices the rule's trunks; never empty
 * @param rule the rule in words, with its line
 * @param dialled the called number as the rule's carriers want it. No rule is ever asked about it again, so nothing can go
 *     round in circles
 * @param shown the caller's number, likewise; empty where there is none
 * @param limits how many calls may go by the rule
 */
public record RouteMatch(List<TrunkChoice> choices, String rule, String dialled, String shown, CallLimits limits)
        implements RouteResult {
    public RouteMatch {
        choices = List.copyOf(choices);
    }

    /**
     * The trunks in the order in which one call tries them: those with a weight first, each drawn by its weight among those
     * that are left (as RFC 2782 draws servers), then the others as they stand.
     */
    public List<String> draw(RandomGenerator random) {
        List<TrunkChoice> left = new ArrayList<>(
                choices.stream().filter(choice -> choice.weight().isPresent()).toList());
        List<String> order = new ArrayList<>();
        while (!left.isEmpty()) {
            order.add(left.remove(drawn(left, random)).trunk());
        }
        choices.stream()
                .filter(choice -> choice.weight().isEmpty())
                .map(TrunkChoice::trunk)
                .forEach(order::add);
        return List.copyOf(order);
    }

    private static int drawn(List<TrunkChoice> left, RandomGenerator random) {
        int all =
                left.stream().mapToInt(choice -> choice.weight().orElseThrow()).sum();
        int point = random.nextInt(all);
        int index = 0;
        while (point >= left.get(index).weight().orElseThrow()) {
            point -= left.get(index).weight().orElseThrow();
            index++;
        }
        return index;
    }
}
