package io.copperline.sip.wire;

import java.util.ArrayList;
import java.util.List;

/** A header that lists values behind commas, in one line or in several (RFC 3261 section 7.3.1), such as History-Info. */
public final class HeaderList {
    private static final int MAX_VALUES = 32;
    private static final int MAX_LENGTH = 8192;

    private HeaderList() {}

    /** Its values in order; the first 32, where a peer sends more. */
    public static List<String> of(Message message, String name) {
        List<String> values = new ArrayList<>();
        for (String line : message.headers().all(name)) {
            if (line.length() <= MAX_LENGTH) {
                split(line, values);
            }
        }
        return values;
    }

    private static void split(String line, List<String> into) {
        boolean quoted = false;
        boolean bracketed = false;
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<' || c == '>') {
                bracketed = c == '<';
            } else if (c == ',' && !bracketed) {
                add(line.substring(from, i), into);
                from = i + 1;
            }
        }
        add(line.substring(from), into);
    }

    private static void add(String value, List<String> into) {
        if (!value.isBlank() && into.size() < MAX_VALUES) {
            into.add(value.strip());
        }
    }
}
