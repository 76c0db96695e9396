package io.copperline.sip.wire;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of From, To, Contact, Record-Route and their kin (RFC 3261 section 20.10).
 *
 * @param displayName without quotes
 * @param uri the address
 * @param parameters those of the header, not of the URI; names in lower case
 */
public record NameAddress(Optional<String> displayName, SipUri uri, Map<String, String> parameters) {
    private static final int MAX_LENGTH = 4096;

    public NameAddress {
        parameters = Map.copyOf(parameters);
    }

    /** Reads one address; empty where it makes no sense. Only the first of a list is read. */
    public static Optional<NameAddress> parse(String value) {
        String text = value.strip();
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int open = outsideQuotes(text, '<', 0);
        if (open < 0) {
            // Without angle brackets parameters belong to the header (RFC 3261 section 20.10).
            int semicolon = text.indexOf(';');
            String uri = semicolon < 0 ? text : text.substring(0, semicolon);
            String rest = semicolon < 0 ? "" : text.substring(semicolon);
            return SipUri.parse(uri).map(parsed -> new NameAddress(Optional.empty(), parsed, parameters(rest)));
        }
        int close = text.indexOf('>', open);
        if (close < 0) {
            return Optional.empty();
        }
        String name = unquote(text.substring(0, open).strip());
        Optional<String> displayName = name.isEmpty() ? Optional.empty() : Optional.of(name);
        Map<String, String> parameters = parameters(text.substring(close + 1));
        return SipUri.parse(text.substring(open + 1, close))
                .map(parsed -> new NameAddress(displayName, parsed, parameters));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** A display name as a quoted string (RFC 3261 section 25.1). */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c < 0x20 || c == 0x7f ? ' ' : c);
        }
        return quoted.append('"').toString();
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String part : text.split(";")) {
            String[] pair = part.split("=", 2);
            String name = pair[0].strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty()) {
                map.putIfAbsent(name, pair.length == 2 ? unquote(pair[1].strip()) : "");
            }
        }
        return map;
    }

    private static int outsideQuotes(String text, char wanted, int from) {
        boolean quoted = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() - 1) {
                i++;
                c = text.charAt(i);
            }
            out.append(c);
        }
        return out.toString();
    }
}
