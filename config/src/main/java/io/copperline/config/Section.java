package io.copperline.config;

import java.util.List;

/** A table of entries. */
record Section(String name, Shape shape, String doc, List<Entry> entries) implements Entry {
    /** How a section repeats. */
    enum Shape {
        ONCE,
        /** A map of names that the operator chooses. */
        NAMED,
        LISTED
    }

    static Section of(String name, String doc, Entry... entries) {
        return new Section(name, Shape.ONCE, doc, List.of(entries));
    }
}
