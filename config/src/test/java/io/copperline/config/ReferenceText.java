package io.copperline.config;

import io.copperline.config.Section.Shape;

/** Writes the reference file from the tables of keys. Prose begins with a hash and a blank, a key with a hash alone. */
final class ReferenceText {
    private static final int WIDTH = 118;

    private static final String HEAD = """
            # Every key of copperline.yaml, with its default where it has one and an example where it has none.
            #
            # Lines that begin with a hash and a blank explain; a hash alone stands before a key. To use a key, remove the
            # hash before it and before each name it stands below. What you leave out has its default. `copperline check
            # FILE` names everything that is wrong with a file, each with its line and its fix.
            #
            # Values are text: phone numbers and passwords need no quotes. In every value ${env:NAME} stands for an
            # environment variable and ${file:PATH} for what a file holds, without blanks at its ends; there is no other
            # replacement. Relative paths begin at the directory of this file. Times are written 500ms, 30s, 5m, 12h or 90d.
            """;

    private final StringBuilder text = new StringBuilder(HEAD);

    static String of(Section root) {
        ReferenceText reference = new ReferenceText();
        root.entries().forEach(entry -> reference.add(entry, "", ""));
        return reference.text.toString();
    }

    private void add(Entry entry, String indent, String dash) {
        if (indent.isEmpty()) {
            text.append('\n');
        }
        switch (entry) {
            case Key<?> key -> key(key, indent, dash);
            case Section section -> section(section, indent);
        }
    }

    private void key(Key<?> key, String indent, String dash) {
        String value = key.fallback().orElse(key.example());
        String example = value.equals(key.example()) ? "" : " Example: " + key.example();
        prose(key.doc() + example, indent + (dash.isEmpty() ? "" : "  "));
        text.append(indent)
                .append('#')
                .append(dash)
                .append(key.name())
                .append(": ")
                .append(value)
                .append('\n');
    }

    private void section(Section section, String indent) {
        prose(section.doc(), indent);
        text.append(indent).append('#').append(section.name()).append(":\n");
        String below = indent + "  ";
        if (section.shape() == Shape.NAMED) {
            text.append(below).append("#carrier:\n");
            below += "  ";
        }
        boolean first = true;
        for (Entry child : section.entries()) {
            if (section.shape() == Shape.LISTED && child instanceof Section) {
                add(child, below + "  ", "");
            } else if (section.shape() == Shape.LISTED) {
                add(child, below, first ? "- " : "  ");
            } else {
                add(child, below, "");
            }
            first = false;
        }
    }

    private void prose(String words, String indent) {
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ")) {
            if (indent.length() + 2 + line.length() + word.length() > WIDTH) {
                flush(line, indent);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        flush(line, indent);
    }

    private void flush(StringBuilder line, String indent) {
        text.append(indent).append("# ").append(line).append('\n');
        line.setLength(0);
    }
}
