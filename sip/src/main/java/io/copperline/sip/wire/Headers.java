package io.copperline.sip.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The header fields of a message, in order. Immutable. */
public record Headers(List<Header> list) {
    public static final Headers NONE = new Headers(List.of());

    public Headers {
        list = List.copyOf(list);
    }

    /** The first value of this name. */
    public Optional<String> first(String name) {
        for (Header header : list) {
            if (header.is(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    /** Every value of this name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Header header : list) {
            if (header.is(name)) {
                values.add(header.value());
            }
        }
        return values;
    }

    /** These headers and one more. */
    public Headers with(String name, String value) {
        return with(List.of(new Header(name, value)));
    }

    /** These headers and more. */
    public Headers with(List<Header> more) {
        List<Header> all = new ArrayList<>(list);
        all.addAll(more);
        return new Headers(all);
    }

    /** These headers without any of this name. */
    public Headers without(String name) {
        return new Headers(list.stream().filter(header -> !header.is(name)).toList());
    }
}
