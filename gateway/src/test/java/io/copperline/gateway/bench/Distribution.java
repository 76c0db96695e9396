package io.copperline.gateway.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured values, of which median and tail are wanted. */
final class Distribution {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    int count() {
        return values.size();
    }

    double median() {
        return quantile(0.5);
    }

    double p99() {
        return quantile(0.99);
    }

    private double quantile(double share) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        Collections.sort(values);
        int rank = (int) Math.ceil(share * values.size()) - 1;
        return values.get(Math.clamp(rank, 0, values.size() - 1));
    }
}
