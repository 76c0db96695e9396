package io.copperline.gateway.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What happened at the browser-facing door, by name: requests, messages, and everything refused by its code. */
final class WebCounters {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    /** Counts one; names come from our code, never from outside, so the table is bounded. */
    void count(String name) {
        counts.computeIfAbsent(name, _ -> new LongAdder()).increment();
    }

    Map<String, Long> snapshot() {
        Map<String, Long> copy = new LinkedHashMap<>();
        counts.keySet().stream()
                .sorted()
                .forEach(name -> copy.put(name, counts.get(name).sum()));
        return copy;
    }
}
