package io.copperline.gateway.carrier;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What was not as it should be: each told, and the first {@link #MOST_KEPT} kept. Read from any thread. */
final class Complaints {
    private static final int MOST_KEPT = 1000;

    private final List<Violation> kept = new CopyOnWriteArrayList<>();
    private final Consumer<Violation> told;

    Complaints(Consumer<Violation> told) {
        this.told = told;
    }

    void add(Violation violation) {
        if (kept.size() < MOST_KEPT) {
            kept.add(violation);
            told.accept(violation);
        }
    }

    List<Violation> all() {
        return List.copyOf(kept);
    }
}
