package io.copperline.gateway.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/**
 * Whether the process works ({@code live}: otherwise restart it) and whether it takes calls ({@code ready}: otherwise send
 * them elsewhere). Each condition has a name, which the operator reads when it does not hold. Used from any thread.
 */
public final class Health {
    private final List<Condition> live = new CopyOnWriteArrayList<>();
    private final List<Condition> ready = new CopyOnWriteArrayList<>();

    private record Condition(String name, BooleanSupplier holds) {
        boolean fails() {
            try {
                return !holds.getAsBoolean();
            } catch (RuntimeException e) {
                // A room that cannot even be asked is not well.
                return true;
            }
        }
    }

    /** @param name what is not so when it fails, such as {@code shards answer} */
    public void alive(String name, BooleanSupplier holds) {
        live.add(new Condition(name, holds));
    }

    /** @param name what is not so when it fails, such as {@code trunk lab is usable} */
    public void condition(String name, BooleanSupplier holds) {
        ready.add(new Condition(name, holds));
    }

    public boolean live() {
        return failing(live).isEmpty();
    }

    public boolean ready() {
        return notReady().isEmpty();
    }

    /** The names of what does not hold; a process that is not live is not ready. */
    public List<String> notReady() {
        List<String> names = new ArrayList<>(failing(live));
        names.addAll(failing(ready));
        return names;
    }

    /** Every condition with whether it holds, in the order in which they were named. */
    public Map<String, Boolean> conditions() {
        Map<String, Boolean> conditions = new LinkedHashMap<>();
        live.forEach(condition -> conditions.put(condition.name(), !condition.fails()));
        ready.forEach(condition -> conditions.put(condition.name(), !condition.fails()));
        return conditions;
    }

    private static List<String> failing(List<Condition> conditions) {
        return conditions.stream().filter(Condition::fails).map(Condition::name).toList();
    }
}
