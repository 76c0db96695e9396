package io.copperline.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A key with a value.
 *
 * @param many whether it takes a list; one value is then a list of one
 * @param fallback the default
 * @param example shown where a value is missing or wrong; the default where there is one
 */
record Key<T>(String name, boolean many, Type<T> type, Optional<String> fallback, String example, String doc)
        implements Entry {
    /** A key with a default. */
    static <T> Key<T> of(String name, Type<T> type, String fallback, String doc) {
        return new Key<>(name, false, type, Optional.of(fallback), fallback, doc);
    }

    /** A key without one. */
    static <T> Key<T> open(String name, Type<T> type, String example, String doc) {
        return new Key<>(name, false, type, Optional.empty(), example, doc);
    }

    /** A list; its default is written {@code [a, b]} or {@code []}. */
    static <T> Key<T> list(String name, Type<T> type, String fallback, String example, String doc) {
        return new Key<>(name, true, type, Optional.of(fallback), example, doc);
    }

    /** A list that must have items. */
    static <T> Key<T> openList(String name, Type<T> type, String example, String doc) {
        return new Key<>(name, true, type, Optional.empty(), example, doc);
    }

    T defaultValue() {
        return type.parseOwn(fallback.orElseThrow());
    }

    List<T> defaultValues() {
        String items = fallback.orElse("").replaceAll("[\\[\\]]", "");
        return items.isEmpty()
                ? List.of()
                : Arrays.stream(items.split(", ")).map(type::parseOwn).toList();
    }
}
