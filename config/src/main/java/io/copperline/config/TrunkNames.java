package io.copperline.config;

import java.util.Set;

/** Names of trunks, where other sections speak of them. */
final class TrunkNames {
    private TrunkNames() {}

    static void check(Fields section, Key<?> key, String trunk, Set<String> trunks) {
        if (trunks.contains(trunk)) {
            return;
        }
        String fix = trunks.isEmpty()
                ? "add it to the trunks section"
                : Nearest.to(trunk, trunks)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElse("use one of " + String.join(", ", trunks))
                        .replaceFirst("\\?$", "? Otherwise add it to the trunks section");
        section.problem(key, "a trunk from the trunks section", trunk, fix);
    }
}
