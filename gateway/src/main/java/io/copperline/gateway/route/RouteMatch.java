package io.copperline.gateway.route;

import java.util.List;

/**
 * The rule that took the number.
 *
 * @param trunks the trunks to try, best first; never empty
 * @param rule the rule in words, with its line
 */
public record RouteMatch(List<String> trunks, String rule) implements RouteResult {
    public RouteMatch {
        trunks = List.copyOf(trunks);
    }
}
