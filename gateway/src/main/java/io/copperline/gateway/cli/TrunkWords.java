package io.copperline.gateway.cli;

import io.copperline.config.TrunkChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A rule's trunks in words. */
final class TrunkWords {
    private TrunkWords() {}

    /** Best first, such as {@code cheap (80 %) or dear (20 %), then backup}. */
    static String of(List<TrunkChoice> choices) {
        int all = choices.stream().mapToInt(choice -> choice.weight().orElse(0)).sum();
        String drawn = choices.stream()
                .filter(choice -> choice.weight().isPresent())
                .map(choice -> choice.trunk() + " ("
                        + Math.round(100.0 * choice.weight().getAsInt() / all) + " %)")
                .collect(Collectors.joining(" or "));
        List<String> order = new ArrayList<>(drawn.isEmpty() ? List.of() : List.of(drawn));
        choices.stream()
                .filter(choice -> choice.weight().isEmpty())
                .map(TrunkChoice::trunk)
                .forEach(order::add);
        return String.join(", then ", order);
    }
}
