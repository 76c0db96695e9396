package io.copperline.gateway.bench;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights by name, as shares of their sum, the largest first. */
final class Ranking {
    private Ranking() {}

    static Map<String, Double> shares(Map<String, Double> weights, int most) {
        double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        weights.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(e -> shares.put(e.getKey(), e.getValue() / sum));
        return shares;
    }
}
