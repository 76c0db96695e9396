package io.copperline.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whose calls a rule is for, by the number that they show. Both empty: everybody's, those without a number included.
 *
 * @param prefixes what the number in E.164 may begin with
 * @param pattern what the whole number in E.164 may match
 */
public record Callers(List<String> prefixes, Optional<Pattern> pattern) {
    public static final Callers ANY = new Callers(List.of(), Optional.empty());

    public Callers {
        prefixes = List.copyOf(prefixes);
    }

    /** @param number in E.164; empty where the caller has none */
    public boolean have(String number) {
        boolean any = prefixes.isEmpty() && pattern.isEmpty();
        return any
                || prefixes.stream().anyMatch(number::startsWith)
                || pattern.filter(p -> p.matcher(number).matches()).isPresent();
    }
}
